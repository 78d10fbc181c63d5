/** Czech texts. Written so that they fit a customer and an agent of either sex. */
import type { LanguageTexts } from './texts.js';

export const czech: LanguageTexts = {
  greeting: 'Dobrý den,',
  customerClosing: 'S pozdravem\n{customer}',
  agentClosing: 'S přáním hezkého dne\n{agent}\nVltavia, zákaznická péče',
  customerAnswers: [
    'Posílám, co chybělo: odběrné místo {street}, stav měřiče {meter}. Snad je to teď kompletní.',
    'Ano, je to tak, jak píšete. Pokračujte prosím, na čase mi záleží.',
    'Číslo faktury je {invoice}. Přikládám také datum platby: {date}',
    'Doma bývá někdo po {time}, nejlépe ve všední den.',
  ],
  thanks: [
    'Děkuji, takhle mi to stačí.',
    'Výborně, díky za rychlé vyřízení!',
    'Mockrát děkuji za pomoc, hezký den.',
    'Dobře, děkuji. Ozvu se, kdyby to nefungovalo.',
  ],
  questions: [
    'abychom mohli pokračovat, potřebujeme od Vás ještě adresu odběrného místa a aktuální stav měřiče. Stačí odpovědět na tuto zprávu.',
    'prosíme o potvrzení, že se požadavek týká adresy {street}. Jakmile odpovíte, hned se do toho pustíme.',
    'napište nám prosím, kdy Vás technik zastihne doma. Nejbližší volný termín je po {date}',
  ],
  transferNotes: [
    'Zákazník je ověřen, jde o technický dotaz, prosím převzít.',
    'Chce řešit fakturu, smlouva je v pořádku.',
    'Původně porucha, teď se ptá na cenu nového tarifu.',
  ],
  escalationNotes: [
    'Zákazník volá potřetí ve stejné věci a žádá vedoucího.',
    'Slíbený termín nebyl dodržen, hrozí odchod ke konkurenci.',
    'V domácnosti je člověk závislý na dýchacím přístroji.',
  ],
  caseReasons: [
    'Ověřit u distributora a dát zákazníkovi vědět do dvou dnů.',
    'Přepočítat fakturu podle nového stavu měřiče.',
    'Objednat technika a potvrdit termín SMS zprávou.',
    'Prověřit nahrávku hovoru z minulého týdne.',
  ],
  noAnswer: 'Zákazník na dotaz neodpověděl, uzavřeno; při další odpovědi se případ znovu otevře.',
  customerNotes: [
    'Nedoslýchá, mluvit pomalu a zřetelně. Raději píše e-maily.',
    'Na odběrném místě je zlý pes, technik má předem volat.',
    'Čeká na přepojení po rekonstrukci, slíben termín do konce měsíce.',
    'Má splátkový kalendář, poslední splátka v příštím čtvrtletí. Nevolat kvůli upomínkám.',
    'Nepřeje si nabídky po telefonu, jen e-mailem.',
    'Dcera má plnou moc a volá za zákazníka, heslo souhlasí.',
    'V létě bývá na chalupě bez signálu, posílat SMS.',
    'Má solární elektrárnu na střeše, přetoky řeší oddělení výkupu.',
    'Po předchozí reklamaci má na rok slevu 10 %. Často ji připomíná.',
    'Pracuje na směny, volat až po 14. hodině.',
    'Správce bytového domu, jedna smlouva kryje 24 bytů.',
    'Uvažuje o optickém připojení, čeká na souhlas sousedů.',
  ],
  vipNotes: [
    'VIP: nemocnice se záložním zdrojem, při výpadku volat ihned energetika.',
    'VIP: rámcová smlouva na 18 provozoven, fakturuje se souhrnně k 5. dni.',
    'VIP: člen zákaznické rady, připomínky předávat vedení.',
    'VIP: pekárna s nočním provozem, odstávky jen po dohodě.',
  ],
  places: [
    'Brno-Židenice',
    'Praha 4 – Nusle',
    'Ostrava-Poruba',
    'Plzeň-Slovany',
    'Olomouc',
    'České Budějovice',
    'Hradec Králové',
    'Ústí nad Labem',
    'Pardubice',
    'Zlín',
    'Liberec',
    'Jihlava',
    'Karlovy Vary',
    'Děčín',
    'Frýdek-Místek',
    'Znojmo',
    'Písek',
    'Uherské Hradiště',
    'Žďár nad Sázavou',
    'Třebíč',
  ],
  streets: [
    'Husova',
    'Na Příkopě',
    'Nádražní',
    'Komenského',
    'U Řeky',
    'Lipová',
    'Třída Míru',
    'Palackého',
    'Dlouhá',
    'Školní',
    'Žižkova',
    'Štefánikova',
    'Zahradní',
    'Pod Kaštany',
    'Smetanova',
    'Jiráskova',
    'K Lesu',
    'Polní',
    'Růžová',
    'Čechova',
  ],
  companies: [
    'Pekařství {surname} s.r.o.',
    '{surname} a synové a.s.',
    'Truhlářství {surname}',
    'Stavby {surname} s.r.o.',
    'Hotel {surname}',
    'Autoservis {surname} s.r.o.',
    '{surname} Logistika a.s.',
    'Lékárna {surname}',
    'Zahradnictví {surname}',
    'Účetnictví {surname} s.r.o.',
  ],
  topics: {
    powerOutage: {
      subjects: ['Nejde elektřina', 'Výpadek elektřiny v celé ulici'],
      requests: [
        'od {time} jsme bez elektřiny v celé ulici, adresa {street}, {place}. Jističe jsou nahozené, u sousedů také nesvítí. Kdy se dá počítat s opravou? V mrazáku máme zásoby na celou zimu.',
        'na adrese {street} vypadla dnes v {time} elektřina a od té doby nic. Na lince se nedá dovolat. Prosím o informaci, jestli o poruše víte.',
      ],
      reply:
        'děkujeme za nahlášení. O výpadku v oblasti {place} víme, jde o poškozený kabel vysokého napětí a na místě pracuje četa distributora. Podle posledních zpráv by měla být dodávka obnovena dnes do večera. Jakmile bude oprava hotová, dostanete SMS.',
      chat: [
        'Dobrý den, nejde nám elektřina, {street}. Víte o tom?',
        'Dobrý den, ano, v oblasti {place} je porucha na kabelu. Četa už je na místě.',
        'A jak dlouho to potrvá?',
        'Odhad je do dvou hodin. Pošleme Vám SMS, jakmile bude hotovo.',
        'Dobře, díky.',
        'Děkujeme za trpělivost. Kdyby elektřina nešla ani po zprávě, ozvěte se prosím znovu.',
      ],
      notes: [
        'Nahlášen výpadek, přiřazen ke známé poruše. Zákazník informován o odhadu opravy.',
        'Nová porucha předána distributorovi, zákazník dostane SMS.',
      ],
    },
    gasSmell: {
      subjects: ['Zápach plynu v domě', 'Podezření na únik plynu'],
      requests: [
        've sklepě domu {street} je cítit plyn, nejvíc u hlavního uzávěru. Uzávěr je zavřený, okna otevřená, nikdo uvnitř nezůstal. Pošlete prosím co nejrychleji pohotovost.',
      ],
      reply:
        'pohotovostní služba plynárny je na cestě na adresu {street}. Do jejího příjezdu prosím nevstupujte do domu, nezapalujte světla a nepoužívejte zvonek. Technik Vám zavolá, až bude na místě.',
      chat: [
        'Dobrý den, ve sklepě cítíme plyn, {street}!',
        'Zavřete prosím hlavní uzávěr, otevřete okna a odejděte ven. Pohotovost už jede.',
        'Jsme venku, uzávěr je zavřený.',
        'Výborně. Technik Vám za chvíli zavolá, do domu se zatím nevracejte.',
      ],
      notes: ['Pohotovost vyslána, zákazník poučen a mimo dům.', 'Technik na místě netěsnost potvrdil, přívod uzavřen.'],
    },
    internetOutage: {
      subjects: ['Nefunguje internet', 'Výpadek internetu i televize'],
      requests: [
        'od včerejška ({time}) nám na adrese {street} nejde internet ani televize. Na modemu bliká červená kontrolka. Restart nepomohl, kabely jsou v pořádku. Z domova pracujeme oba, prosím o rychlé řešení.',
      ],
      reply:
        'zjistili jsme poruchu na optické trase v lokalitě {place}. Technici ji opravují a služba by měla naběhnout během dneška. Za dny bez internetu Vám na příští faktuře odečteme poměrnou část ceny.',
      chat: [
        'Nejde mi internet, na modemu svítí červená.',
        'Dobrý den, podívám se na linku. Můžete mi prosím napsat adresu?',
        '{street}, {place}',
        'Děkuji, v této lokalitě je hlášená porucha optiky, oprava je plánovaná ještě na dnešek.',
        'A sleva za výpadek?',
        'Ano, poměrnou část odečteme na příští faktuře automaticky.',
      ],
      notes: ['Hromadná porucha optiky, zákazník informován, sleva zadána.', 'Linka po restartu portu v pořádku, zákazník ověřil.'],
    },
    meterFault: {
      subjects: ['Porucha elektroměru', 'Měřič ukazuje chybu'],
      requests: [
        'na elektroměru na adrese {street} svítí chybové hlášení a stav {meter} se už několik dní nemění, ačkoli normálně odebíráme. Nechceme dostat odhadovanou fakturu, prosím o výměnu.',
      ],
      reply:
        'požadavek na kontrolu měřiče jsme předali distributorovi. Technik přijede do pěti pracovních dnů a den předem Vám zavolá. Spotřebu za dobu poruchy spočítáme z průměru minulého roku.',
      chat: [
        'Elektroměr hlásí chybu a nepočítá.',
        'Dobrý den, jaký stav je prosím na displeji?',
        '{meter} a pod tím E07.',
        'Děkuji, objednala se výměna. Technik zavolá den předem.',
      ],
      notes: ['Objednána výměna elektroměru, stav {meter}.', 'Měřič zkontrolován na dálku, chyba odstraněna.'],
    },
    highInvoice: {
      subjects: ['Příliš vysoká faktura', 'Dotaz k vyúčtování'],
      requests: [
        'přišla mi faktura č. {invoice} s nedoplatkem {amount}. To je skoro dvojnásobek loňska, a přitom se u nás nic nezměnilo. Prosím o vysvětlení, z jakých stavů jste vycházeli.',
        've vyúčtování {invoice} je stav {meter}, ale na měřiči je o hodně méně. Zřejmě jde o odhad. Prosím o opravu a nový výpočet, částku {amount} zatím neplatím.',
      ],
      reply:
        'fakturu {invoice} jsme prověřili. Distributor použil odhadnutý odečet, protože se na odběrné místo nedostal. Podle Vámi zaslaného stavu jsme požádali o přepočet; opravená faktura přijde do 14 dnů a do té doby je splatnost {amount} odložena.',
      chat: [
        'Dobrý den, proč mám doplatit {amount}?',
        'Dobrý den, podívám se. Jde o fakturu {invoice}?',
        'Ano, tu.',
        'Odečet byl odhadnutý. Pošlete nám prosím fotku měřiče a fakturu přepočítáme.',
        'Pošlu dnes večer.',
        'Děkuji, do té doby splatnost pozastavíme.',
      ],
      notes: [
        'Vysvětleno složení faktury {invoice}, zákazník souhlasí.',
        'Odhadnutý odečet, zadán přepočet faktury {invoice}, splatnost odložena.',
      ],
    },
    paymentPlan: {
      subjects: ['Žádost o splátkový kalendář', 'Rozložení nedoplatku do splátek'],
      requests: [
        'nedoplatek {amount} z faktury {invoice} bohužel nejde uhradit najednou, v rodině teď máme jen jeden příjem. Bylo by možné rozložit ho na {months} měsíční splátky? První můžeme poslat hned.',
      ],
      reply:
        'splátkový kalendář na {months} měsíců jsme Vám schválili. První splátka je splatná {date} a další vždy k témuž dni. Pokud se cokoli změní, ozvěte se prosím dřív, než splátka propadne.',
      chat: [
        'Dá se nedoplatek rozložit na splátky?',
        'Dobrý den, ano. Kolik měsíců by Vám vyhovovalo?',
        'Nejlépe {months}.',
        'Mám schváleno. Kalendář najdete v e-mailu během pár minut.',
      ],
      notes: ['Schválen splátkový kalendář na {months} měsíců, částka {amount}.'],
    },
    meterReading: {
      subjects: ['Samoodečet elektroměru', 'Hlášení stavu plynoměru'],
      requests: [
        'posílám stav měřiče ke konci období: {meter}, odběrné místo {street}. Prosím o potvrzení, že jste ho zapsali, loni se hlášení ztratilo.',
      ],
      reply: 'stav {meter} jsme k odběrnému místu {street} zapsali a předali distributorovi. Vyúčtování z něj vychází, odhad se nepoužije.',
      chat: ['Chci nahlásit stav měřiče: {meter}', 'Děkuji. Jde o adresu {street}?', 'Ano.', 'Zapsáno, potvrzení máte v e-mailu.'],
      notes: ['Zapsán samoodečet {meter}.'],
    },
    advancePayment: {
      subjects: ['Změna výše záloh', 'Snížení měsíčních záloh'],
      requests: [
        'zálohy {amount} měsíčně jsou pro nás zbytečně vysoké, po zateplení domu jsme loni měli velký přeplatek. Prosím o snížení na rozumnou částku od příštího měsíce.',
      ],
      reply:
        'podle spotřeby za poslední rok jsme Vám zálohy od příštího měsíce upravili. Nový předpis najdete v zákaznické zóně. Trvalý příkaz si prosím změňte, u inkasa se částka upraví sama.',
      chat: [
        'Potřebuji snížit zálohy, platím {amount}.',
        'Dobrý den, podle spotřeby to jde. Od příštího měsíce?',
        'Ano, prosím.',
        'Hotovo, nový předpis máte v zákaznické zóně.',
      ],
      notes: ['Zálohy sníženy podle skutečné spotřeby, nový předpis odeslán.'],
    },
    refund: {
      subjects: ['Vrácení přeplatku', 'Platba odešla dvakrát'],
      requests: [
        '{date} mi omylem odešla platba {amount} k faktuře {invoice} dvakrát. Prosím o vrácení jedné z nich na účet, ze kterého přišla.',
      ],
      reply: 'dvojí platbu k faktuře {invoice} jsme dohledali. Částku {amount} vrátíme na Váš účet do pěti pracovních dnů.',
      chat: [
        'Platba k faktuře {invoice} mi odešla dvakrát.',
        'Dobrý den, druhou platbu {amount} vidím. Vrátit na stejný účet?',
        'Ano, na stejný.',
        'Do pěti pracovních dnů bude u Vás.',
      ],
      notes: ['Dohledána dvojí platba, přeplatek {amount} k vrácení.'],
    },
    movingHouse: {
      subjects: ['Stěhování a přepis odběru', 'Přepis smlouvy na novou adresu'],
      requests: [
        'k {date} se stěhujeme na adresu {street}, {place}. Na staré adrese chceme odběr ukončit se stavem {meter}, na nové převzít elektřinu, plyn i internet. Co všechno je potřeba podepsat?',
      ],
      reply:
        'gratulujeme k novému bydlení. V příloze Vám posíláme předávací protokol; stačí ho podepsat s předchozím odběratelem a poslat zpět. Internet na nové adrese zapojíme do tří pracovních dnů od přepisu.',
      chat: [
        'Stěhujeme se, jak přepíšu elektřinu a internet?',
        'Dobrý den, stačí předávací protokol se stavem měřiče. Kam se stěhujete?',
        '{street}, {place}',
        'Výborně, tam máme i optiku. Protokol posílám e-mailem.',
        'Super, díky!',
        'Rádi pomůžeme, hodně štěstí v novém.',
      ],
      notes: [
        'Zaslán předávací protokol, přepis k {date}, internet převeden.',
        'Přepis dokončen, stará adresa ukončena se stavem {meter}.',
      ],
    },
    contractEnd: {
      subjects: ['Ukončení smlouvy', 'Výpověď smlouvy na plyn'],
      requests: [
        'chci ukončit smlouvu k odběrnému místu {street}, protože konkurence nabízí nižší cenu a bez závazku. Prosím o potvrzení data, ke kterému smlouva končí, a vyčíslení případného poplatku.',
      ],
      reply:
        'mrzí nás, že o odchodu uvažujete. Smlouva končí k {date} bez poplatku. Ještě předtím bychom Vám rádi nabídli fixaci ceny na dva roky se slevou 8 %; stačí odpovědět jedním slovem a připravíme ji.',
      chat: [
        'Chci vypovědět smlouvu.',
        'Dobrý den, to mě mrzí. Můžu se zeptat na důvod?',
        'Jinde je to levnější.',
        'Mohu Vám nabídnout dvouletou fixaci se slevou 8 %. Zvážíte to?',
        'Pošlete mi to, rozmyslím se.',
        'Nabídka je ve Vašem e-mailu, platí sedm dní.',
      ],
      notes: ['Zákazník přijal dvouletou fixaci, výpověď stažena.', 'Výpověď přijata k {date}, nabídka odmítnuta.'],
    },
    newTariff: {
      subjects: ['Zájem o nový tarif', 'Dotaz na optický internet'],
      requests: [
        'na webu je nabídka gigabitového internetu k elektřině se slevou. Je na adrese {street}, {place} dostupná? A dá se přejít uprostřed smlouvy?',
      ],
      reply:
        'na adrese {street} je optika dostupná a přechod uprostřed smlouvy je zdarma. Jako zákazník elektřiny máte internet první půlrok za polovinu. Technik může přijet už příští týden, vyberte si prosím termín v zákaznické zóně.',
      chat: [
        'Mám zájem o gigabit, je u nás? {street}',
        'Dobrý den, ano, optika je v domě.',
        'Kolik to bude stát, když mám u vás elektřinu?',
        'První půlrok polovinu, potom {amount} za čtvrtletí. Mám objednat?',
        'Objednejte, díky.',
        'Hotovo, technik se ozve do dvou dnů.',
      ],
      notes: ['Objednán gigabitový internet, instalace domluvena.', 'Zaslána nabídka, zákazník se rozmyslí.'],
    },
    routerProblem: {
      subjects: ['Problém s routerem', 'Slabý signál wi-fi'],
      requests: [
        'nový router pořád ztrácí spojení, nejhorší je to večer. V patře nad námi wi-fi skoro není. Změna kanálu podle návodu ({date}) nepomohla.',
      ],
      reply:
        'na dálku jsme router přepnuli na jiné pásmo a nahráli nový software. Pokud bude signál v patře slabý i nadále, pošleme Vám zdarma zesilovač; stačí napsat.',
      chat: [
        'Domácí síť nám pořád padá.',
        'Dobrý den, vidím router online. Padá i po kabelu?',
        'Po kabelu ne.',
        'Přepnu Vám pásmo a kanál. Zkuste to teď prosím.',
        'Zdá se to lepší.',
        'Výborně. Kdyby se to vrátilo, pošleme zesilovač.',
      ],
      notes: ['Router přenastaven na dálku, zákazník ověřil.', 'Odeslán zesilovač wi-fi, kontrola za týden.'],
    },
    tvBox: {
      subjects: ['Nejde televize', 'Set-top box nereaguje'],
      requests: [
        'set-top box po aktualizaci zůstal viset na úvodní obrazovce. Vypnutí ze zásuvky nepomáhá a večer je finále. Dá se to spravit na dálku?',
      ],
      reply:
        'Váš set-top box jsme na dálku vrátili k předchozí verzi. Vypněte ho prosím na minutu ze zásuvky a znovu zapněte; start potrvá asi pět minut. Nahrávky zůstaly zachované.',
      chat: [
        'Set-top box visí na logu.',
        'Dobrý den, pošlu mu novou verzi. Vypněte ho prosím na minutu.',
        'Teď nabíhá.',
        'Dejte mu prosím pět minut, pak bude v pořádku.',
        'Funguje!',
        'To jsme rádi, hezký večer u televize.',
      ],
      notes: ['Software boxu obnoven na dálku, funguje.', 'Box vyměněn, zákazník si ho vyzvedne na pobočce.'],
    },
    mobileData: {
      subjects: ['Nefungují mobilní data', 'Aktivace roamingu'],
      requests: [
        'od včerejška mi nejdou mobilní data, volání a SMS fungují. Po vyčerpání balíčku mi přišla zpráva o obnovení, ale data stejně nejdou.',
      ],
      reply: 'balíček se obnovil, jen zůstala zapnutá pojistka útraty. Zrušili jsme ji, data naběhnou po vypnutí a zapnutí telefonu.',
      chat: [
        'Nejdou mi data v mobilu.',
        'Dobrý den, máte zapnutou pojistku útraty. Mám ji zrušit?',
        'Ano prosím.',
        'Hotovo, vypněte a zapněte prosím telefon.',
      ],
      notes: ['Zrušena pojistka útraty, data fungují.', 'Roaming aktivován, zákazník poučen o cenách.'],
    },
    complaintTechnician: {
      subjects: ['Stížnost na technika', 'Technik nepřijel v domluvený čas'],
      requests: [
        'technik měl přijet {date} v {time} a nepřijel, nikdo se neomluvil. Kvůli tomu přišel vniveč celý den dovolené. Žádám náhradu a nový termín, který dodržíte.',
      ],
      reply:
        'omlouváme se, to se stát nemělo. Výjezd se zpozdil kvůli havárii a dispečink Vám zapomněl zavolat. Nový termín jsme potvrdili jako první ranní a na příští faktuře odečteme {amount}.',
      chat: [
        'Technik zase nepřijel!',
        'Dobrý den, moc se omlouváme. Hned zjistím, co se stalo.',
        'Čekáme od {time}.',
        'Výjezd se zpozdil kvůli havárii. Nabízím zítřejší první ranní termín a slevu.',
        'Dobře, ale naposledy.',
        'Rozumím, zapisuji přednostně.',
      ],
      notes: ['Stížnost uznána, nový termín a sleva {amount}.', 'Stížnost předána vedoucímu techniků.'],
    },
    complaintInvoice: {
      subjects: ['Reklamace faktury', 'Opakovaná reklamace vyúčtování'],
      requests: [
        'už podruhé reklamuji fakturu {invoice}. Na první reklamaci z {date} nikdo neodpověděl a místo toho přišla upomínka na {amount}. Pokud to nevyřešíte, obrátím se na regulační úřad.',
      ],
      reply:
        'omlouváme se za mlčení, první reklamace zůstala nezařazená. Fakturu {invoice} jsme stornovali, upomínka neplatí a opravené vyúčtování Vám přijde do deseti dnů. Celou věc má na starosti jeden člověk, na kterého máte přímý kontakt.',
      chat: [
        'Reklamuji fakturu {invoice} už podruhé.',
        'Dobrý den, první reklamace je dohledaná, omlouváme se za zdržení.',
        'A ta upomínka?',
        'Upomínku rušíme, výsledek dostanete do deseti dnů.',
      ],
      notes: ['Reklamace uznána, faktura {invoice} stornována.', 'Reklamace zamítnuta, odečet potvrzen fotografií měřiče.'],
    },
  },
};
