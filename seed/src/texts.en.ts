/** English texts. */
import type { LanguageTexts } from './texts.js';

export const english: LanguageTexts = {
  greeting: 'Hello,',
  customerClosing: 'Kind regards\n{customer}',
  agentClosing: 'Kind regards\n{agent}\nVltavia Customer Care',
  customerAnswers: [
    'Here is what was missing: the supply address is {street}, the meter stands at {meter}. I hope that completes it.',
    'Yes, that is right. Please go ahead, it is rather urgent.',
    'The invoice number is {invoice} and I paid it on {date}.',
    'Somebody is at home after {time}, ideally on a weekday.',
  ],
  thanks: [
    'Thank you, that is all I needed.',
    'Brilliant, thanks for the quick answer!',
    'Many thanks for your help, have a good day.',
    'All right, thank you. I will get back to you if it fails again.',
  ],
  questions: [
    'before we can go on, we need the supply address and the present meter reading. Simply reply to this message.',
    'could you confirm that this is about {street}? As soon as you reply we will get to work on it.',
    'please let us know when the engineer will find you at home. The next free slot is after {date}.',
  ],
  transferNotes: [
    'Customer verified, technical question, please take over.',
    'Wants to talk about an invoice; the contract itself is fine.',
    'Began as a fault, now asks for the price of the new tariff.',
  ],
  escalationNotes: [
    'Third call about the same thing, asks for a manager.',
    'The promised date was missed, may well leave us.',
    'Somebody in the household depends on breathing equipment.',
  ],
  caseReasons: [
    'Check with the network operator and tell the customer within two days.',
    'Work out the invoice again from the new reading.',
    'Book an engineer and confirm the slot by text message.',
    'Listen to the recording of last week’s call.',
  ],
  noAnswer: 'No answer from the customer, closed; a later reply opens it again.',
  customerNotes: [
    'Hard of hearing, speak slowly and clearly. Prefers e-mail.',
    'There is a dog on the premises, the engineer must ring first.',
    'Waiting to be reconnected after building work, promised by the end of the month.',
    'On a payment plan, last instalment next quarter. No reminder calls.',
    'Does not want offers by telephone, e-mail only.',
    'The daughter has power of attorney and calls for the customer; the password matches.',
    'Spends the summer where there is no signal, send a text.',
    'Has solar panels on the roof; the feed-in team handles the export.',
    'Was given 10 % off for a year after the last complaint, and likes to mention it.',
    'Works shifts, call after 2 p.m.',
    'Manages a block of flats, one contract covers 24 of them.',
    'Thinking of fibre, waiting for the neighbours’ consent.',
  ],
  vipNotes: [
    'VIP: hospital with stand-by power; in an outage call the site engineer at once.',
    'VIP: framework contract for 18 sites, one invoice by the fifth of the month.',
    'VIP: sits on the customer council, pass remarks on to management.',
    'VIP: bakery working at night, planned cuts only by arrangement.',
  ],
  places: [
    'Reading West',
    'Croydon',
    'Stockport',
    'Leeds – Headingley',
    'Bristol South',
    'Cardiff Bay',
    'Sheffield',
    'Coventry',
    'Norwich',
    'Exeter',
    'Brighton',
    'Derby',
    'York',
    'Swansea',
    'Glasgow Southside',
    'Luton',
    'Hull',
    'Bath',
    'Carlisle',
    'Wolverhampton',
  ],
  streets: [
    'High Street',
    'Station Road',
    'Church Lane',
    'Victoria Road',
    'Park Avenue',
    'Mill Lane',
    'Queens Road',
    'The Crescent',
    'Orchard Close',
    'Albert Terrace',
    'Elm Grove',
    'Canal Street',
    'Windsor Drive',
    'Chapel Hill',
    'Springfield Road',
    'Manor Way',
    'Kingsway',
    'Bridge Street',
    'Meadow View',
    'Abbey Road',
  ],
  companies: [
    '{surname} Bakery Ltd',
    '{surname} & Sons plc',
    '{surname} Joinery',
    '{surname} Construction Ltd',
    'The {surname} Hotel',
    '{surname} Motors Ltd',
    '{surname} Logistics plc',
    '{surname} Pharmacy',
    '{surname} Nurseries',
    '{surname} Accountants LLP',
  ],
  topics: {
    powerOutage: {
      subjects: ['No electricity', 'Power cut in the whole street'],
      requests: [
        'we have had no electricity in the whole street since {time}; the address is {street}, {place}. The fuses are fine and the neighbours are dark too. When can we expect it back? The freezer holds our food for the winter.',
        'the power at {street} went off at {time} today and has not come back. Nobody can get through on the telephone. Please tell me whether you know about the fault.',
      ],
      reply:
        'thank you for letting us know. We are aware of the power cut around {place}: a high-voltage cable was damaged and a crew is on site. According to the latest report the supply will be back by this evening. You will get a text message as soon as it is.',
      chat: [
        'Hello, there is no electricity at {street}. Do you know about it?',
        'Hello, yes, a cable around {place} has failed. A crew is already there.',
        'How long will it take?',
        'About two hours. We will send you a text when it is done.',
        'All right, thanks.',
        'Thank you for bearing with us. If it is still off after the text, please get in touch again.',
      ],
      notes: [
        'Power cut reported and joined to the known fault. Customer knows the estimate.',
        'New fault passed to the network operator, customer gets a text.',
      ],
    },
    gasSmell: {
      subjects: ['Smell of gas in the building', 'Suspected gas leak'],
      requests: [
        'there is a smell of gas in the cellar of {street}, strongest near the main valve. The valve is shut, the windows are open and nobody is inside. Please send the emergency crew as fast as you can.',
      ],
      reply:
        'the gas emergency crew is on its way to {street}. Until it arrives please stay out of the building, leave the lights alone and do not use the doorbell. The engineer will ring you on arrival.',
      chat: [
        'Hello, we can smell gas in the cellar, {street}!',
        'Please shut the main valve, open the windows and go outside. The crew is on its way.',
        'We are outside and the valve is shut.',
        'Well done. The engineer will ring you in a moment, please do not go back in.',
      ],
      notes: ['Emergency crew sent, customer instructed and out of the building.', 'Engineer confirmed a leak, supply shut off.'],
    },
    internetOutage: {
      subjects: ['The internet is down', 'No internet and no television'],
      requests: [
        'since yesterday ({time}) neither the internet nor the television has worked at {street}. A red light blinks on the modem. A restart did not help and the cables are fine. We both work from home, so please be quick.',
      ],
      reply:
        'we have found a fault on the fibre in {place}. Engineers are repairing it and the service should be back today. We will take the days without internet off your next invoice.',
      chat: [
        'My internet is down, the modem shows a red light.',
        'Hello, let me look at the line. What is the address, please?',
        '{street}, {place}',
        'Thank you. A fibre fault is reported there, the repair is planned for today.',
        'And a refund for the days lost?',
        'Yes, we take them off your next invoice automatically.',
      ],
      notes: ['Known fibre fault, customer informed, credit entered.', 'Line fine after a port restart, customer confirmed.'],
    },
    meterFault: {
      subjects: ['Faulty electricity meter', 'The meter shows an error'],
      requests: [
        'the meter at {street} shows an error and has stood at {meter} for days although we use electricity as usual. We do not want an estimated bill, so please replace it.',
      ],
      reply:
        'we have asked the network operator to check the meter. An engineer will come within five working days and ring you the day before. The use in between will be worked out from last year’s average.',
      chat: [
        'The meter shows an error and does not count.',
        'Hello, what does the display say, please?',
        '{meter}, and E07 below.',
        'Thank you, a replacement is booked. The engineer will ring the day before.',
      ],
      notes: ['Meter replacement booked, reading {meter}.', 'Meter checked remotely, error cleared.'],
    },
    highInvoice: {
      subjects: ['My bill is far too high', 'Question about my bill'],
      requests: [
        'invoice {invoice} asks me for another {amount}. That is nearly twice as much as last year and nothing has changed here. Please explain which readings you used.',
        'invoice {invoice} says {meter}, but the meter shows much less, so it must be an estimate. Please correct it; I am not paying the {amount} until then.',
      ],
      reply:
        'we have looked into invoice {invoice}. The network operator used an estimated reading because the meter could not be reached. With the reading you sent we have asked for a new calculation; the corrected invoice will arrive within 14 days, and until then the {amount} is not due.',
      chat: [
        'Hello, why do I have to pay another {amount}?',
        'Hello, let me look. Is it about invoice {invoice}?',
        'Yes, that one.',
        'The reading was an estimate. Send us a photo of the meter and we will work it out again.',
        'I will do that tonight.',
        'Thank you, we put the payment on hold until then.',
      ],
      notes: [
        'Explained invoice {invoice}, customer agrees.',
        'Estimated reading, new calculation of {invoice} asked for, payment on hold.',
      ],
    },
    paymentPlan: {
      subjects: ['Request for a payment plan', 'Paying my bill in instalments'],
      requests: [
        'I am afraid we cannot pay the {amount} of invoice {invoice} at once, as there is only one income in the family just now. Could it be spread over {months} months? We can pay the first instalment right away.',
      ],
      reply:
        'we have agreed a payment plan over {months} months. The first instalment is due on {date}, the others on the same day of each month. If anything changes, please tell us before an instalment is missed.',
      chat: [
        'Can I pay the balance in instalments?',
        'Hello, yes. Over how many months would suit you?',
        '{months} would be best.',
        'That is approved. You will find the plan in your e-mail in a few minutes.',
      ],
      notes: ['Payment plan over {months} months agreed, {amount}.'],
    },
    meterReading: {
      subjects: ['Electricity meter reading', 'Gas meter reading'],
      requests: [
        'here is my reading for the end of the period: {meter}, supply address {street}. Please confirm that you have it, last year it got lost.',
      ],
      reply:
        'we have entered {meter} for {street} and passed it to the network operator. Your bill will be made from it and not from an estimate.',
      chat: [
        'I would like to give a meter reading: {meter}',
        'Thank you. Is that for {street}?',
        'Yes.',
        'Entered, the confirmation is in your e-mail.',
      ],
      notes: ['Meter reading {meter} entered.'],
    },
    advancePayment: {
      subjects: ['Changing my monthly payments', 'Please lower my direct debit'],
      requests: [
        '{amount} a month is more than we need: since the house was insulated we have been much in credit. Please lower the payments to something sensible from next month.',
      ],
      reply:
        'going by your use of the last year we have lowered the payments from next month. The new plan is in your account online. A direct debit changes by itself; please change a standing order.',
      chat: [
        'I want to lower my payments, I pay {amount}.',
        'Hello, your use allows it. From next month?',
        'Yes please.',
        'Done, the new plan is in your account.',
      ],
      notes: ['Payments lowered to match actual use, new plan sent.'],
    },
    refund: {
      subjects: ['Refund of a credit balance', 'I have paid twice'],
      requests: [
        'on {date} I paid {amount} for invoice {invoice} twice by mistake. Please return one of them to the account it came from.',
      ],
      reply: 'we have found the second payment for invoice {invoice}. The {amount} will be back in your account within five working days.',
      chat: [
        'I have paid invoice {invoice} twice.',
        'Hello, I can see the second payment of {amount}. Back to the same account?',
        'Yes, the same.',
        'You will have it within five working days.',
      ],
      notes: ['Double payment found, {amount} to be returned.'],
    },
    movingHouse: {
      subjects: ['Moving house', 'Taking my contract to a new address'],
      requests: [
        'on {date} we are moving to {street}, {place}. We want to end the supply at the old address at {meter} and take over electricity, gas and internet at the new one. What do we need to sign?',
      ],
      reply:
        'congratulations on your new home. A handover form is attached; please sign it with the previous occupant and send it back. The internet at the new address will be on within three working days of that.',
      chat: [
        'We are moving, how do I take electricity and internet along?',
        'Hello, a handover form with the meter reading is enough. Where are you moving to?',
        '{street}, {place}',
        'Very good, we have fibre there too. The form is in your e-mail.',
        'Great, thanks!',
        'A pleasure. Good luck in the new place.',
      ],
      notes: ['Handover form sent, move on {date}, internet taken along.', 'Move completed, old address closed at {meter}.'],
    },
    contractEnd: {
      subjects: ['Ending my contract', 'Notice on my gas contract'],
      requests: [
        'I want to end the contract for {street}, as a competitor is cheaper and does not tie me down. Please confirm the date it ends and any fee.',
      ],
      reply:
        'we are sorry that you think of leaving. The contract ends on {date} without a fee. Before that we would like to offer a price fixed for two years with 8 % off; one word from you and we will prepare it.',
      chat: [
        'I want to end my contract.',
        'Hello, I am sorry to hear that. May I ask why?',
        'Somebody else is cheaper.',
        'I could offer you a price fixed for two years with 8 % off. Would that help?',
        'Send it to me, I will think about it.',
        'The offer is in your e-mail and holds for seven days.',
      ],
      notes: ['Customer took the two-year fixed price, notice withdrawn.', 'Notice accepted for {date}, offer declined.'],
    },
    newTariff: {
      subjects: ['Interested in a new tariff', 'Question about fibre'],
      requests: [
        'your website offers gigabit internet at a discount for electricity customers. Is it available at {street}, {place}? And can I change in the middle of a contract?',
      ],
      reply:
        'fibre is available at {street}, and changing in the middle of a contract is free. As an electricity customer you pay half for the first six months. An engineer could come next week; please choose a slot in your account.',
      chat: [
        'I am interested in gigabit, do you have it at {street}?',
        'Hello, yes, the building has fibre.',
        'What will it cost with electricity from you?',
        'Half for six months, then {amount} a quarter. Shall I order it?',
        'Please do, thanks.',
        'Done, the engineer will be in touch within two days.',
      ],
      notes: ['Gigabit internet ordered, installation arranged.', 'Offer sent, customer will think about it.'],
    },
    routerProblem: {
      subjects: ['Trouble with the router', 'Weak wi-fi signal'],
      requests: [
        'the new router keeps losing the connection, worst in the evenings, and there is hardly any wi-fi upstairs. Changing the channel as your guide says did not help ({date}).',
      ],
      reply:
        'we have moved your router to another band from here and given it new software. Should the signal upstairs stay weak, we will send you a repeater free of charge; just write.',
      chat: [
        'Our wi-fi keeps dropping.',
        'Hello, I can see the router online. Does it drop by cable too?',
        'Not by cable.',
        'I will change band and channel. Please try it now.',
        'Seems better.',
        'Very good. If it comes back we will send a repeater.',
      ],
      notes: ['Router set up remotely, customer tested.', 'Repeater sent, check in a week.'],
    },
    tvBox: {
      subjects: ['The television does not work', 'The set-top box does not respond'],
      requests: [
        'after an update the set-top box is stuck at the first screen. Unplugging it does not help and the final is tonight. Can you mend it from where you are?',
      ],
      reply:
        'we have put your set-top box back to the previous version from here. Please unplug it for a minute and switch it on again; it takes about five minutes to start. Your recordings are still there.',
      chat: [
        'The set-top box is stuck at the logo.',
        'Hello, I will send it a new version. Please unplug it for a minute.',
        'It is starting now.',
        'Give it five minutes and it will be fine.',
        'It works!',
        'Glad to hear it, enjoy the evening.',
      ],
      notes: ['Box software restored remotely, works.', 'Box exchanged, customer collects it at the shop.'],
    },
    mobileData: {
      subjects: ['Mobile data does not work', 'Switching on roaming'],
      requests: [
        'mobile data has not worked since yesterday, calls and texts do. When the bundle ran out I was told that it was renewed, but there is still no data.',
      ],
      reply:
        'the bundle was renewed, only the spending cap was still on. We have removed it; data will be back once you switch the phone off and on.',
      chat: [
        'I have no data on my mobile.',
        'Hello, your spending cap is on. Shall I remove it?',
        'Yes please.',
        'Done, please switch the phone off and on.',
      ],
      notes: ['Spending cap removed, data works.', 'Roaming switched on, customer knows the prices.'],
    },
    complaintTechnician: {
      subjects: ['Complaint about an engineer', 'The engineer did not come'],
      requests: [
        'the engineer was due on {date} at {time}, did not come, and nobody apologised. It cost me a day’s leave. I expect compensation and a new date that you will keep.',
      ],
      reply:
        'we apologise, that should not have happened. The visit was held up by an emergency and the dispatcher forgot to ring you. You have the first slot in the morning now, and {amount} off the next invoice.',
      chat: [
        'The engineer did not come again!',
        'Hello, I am very sorry. Let me find out what happened.',
        'We have been waiting since {time}.',
        'An emergency held the visit up. I can offer the first slot tomorrow and a discount.',
        'All right, but for the last time.',
        'I understand, I am noting it with priority.',
      ],
      notes: ['Complaint accepted, new slot and {amount} off.', 'Complaint passed to the head of field service.'],
    },
    complaintInvoice: {
      subjects: ['Complaint about an invoice', 'Second complaint about a bill'],
      requests: [
        'this is the second time that I complain about invoice {invoice}. Nobody answered the first complaint of {date}; instead I got a reminder for {amount}. If you do not settle this I will go to the regulator.',
      ],
      reply:
        'we apologise for our silence, your first complaint had not been assigned. Invoice {invoice} is cancelled, the reminder is void and a corrected bill will reach you within ten days. One person looks after the matter, and you can reach them directly.',
      chat: [
        'This is my second complaint about invoice {invoice}.',
        'Hello, I have found the first one, we are sorry for the delay.',
        'And the reminder?',
        'We cancel the reminder, and you will have the result within ten days.',
      ],
      notes: ['Complaint accepted, invoice {invoice} cancelled.', 'Complaint rejected, reading confirmed by a photo of the meter.'],
    },
  },
};
