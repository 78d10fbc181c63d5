/** Polish texts. Written so that they fit a customer and an agent of either sex. */
import type { LanguageTexts } from './texts.js';

export const polish: LanguageTexts = {
  greeting: 'Dzień dobry,',
  customerClosing: 'Pozdrawiam\n{customer}',
  agentClosing: 'Z poważaniem\n{agent}\nVltavia, obsługa klienta',
  customerAnswers: [
    'Przesyłam brakujące dane: punkt poboru {street}, stan licznika {meter}. Mam nadzieję, że teraz to komplet.',
    'Tak, zgadza się. Proszę działać dalej, zależy mi na czasie.',
    'Numer faktury to {invoice}, płatność wyszła {date}',
    'W domu ktoś jest po {time}, najlepiej w dzień roboczy.',
  ],
  thanks: [
    'Dziękuję, to mi wystarczy.',
    'Świetnie, dzięki za szybką pomoc!',
    'Bardzo dziękuję, miłego dnia.',
    'Dobrze, dziękuję. Odezwę się, gdyby coś nie działało.',
  ],
  questions: [
    'żebyśmy mogli działać dalej, prosimy o adres punktu poboru i aktualny stan licznika. Wystarczy odpowiedzieć na tę wiadomość.',
    'prosimy o potwierdzenie, że sprawa dotyczy adresu {street}. Po odpowiedzi od razu się tym zajmiemy.',
    'prosimy napisać, kiedy technik zastanie kogoś w domu. Najbliższy wolny termin jest po {date}',
  ],
  transferNotes: [
    'Klient zweryfikowany, sprawa techniczna, proszę o przejęcie.',
    'Chodzi o fakturę, umowa jest w porządku.',
    'Najpierw awaria, teraz pytanie o cenę nowej taryfy.',
  ],
  escalationNotes: [
    'Trzeci telefon w tej samej sprawie, klient żąda rozmowy z kierownikiem.',
    'Nie dotrzymano obiecanego terminu, grozi odejściem do konkurencji.',
    'W domu jest osoba zależna od aparatury medycznej.',
  ],
  caseReasons: [
    'Sprawdzić u dystrybutora i dać znać klientowi w ciągu dwóch dni.',
    'Przeliczyć fakturę według nowego stanu licznika.',
    'Zamówić technika i potwierdzić termin SMS-em.',
    'Odsłuchać nagranie rozmowy z zeszłego tygodnia.',
  ],
  noAnswer: 'Klient nie odpowiedział na pytanie, zamknięto; po odpowiedzi sprawa otworzy się ponownie.',
  customerNotes: [
    'Słabo słyszy, mówić wolno i wyraźnie. Woli e-maile.',
    'Na posesji zły pies, technik ma wcześniej zadzwonić.',
    'Czeka na przyłączenie po remoncie, obiecano do końca miesiąca.',
    'Ma rozłożoną zaległość na raty, ostatnia w przyszłym kwartale. Nie dzwonić z upomnieniami.',
    'Nie życzy sobie ofert przez telefon, tylko e-mail.',
    'Córka ma pełnomocnictwo i dzwoni w imieniu klienta, hasło się zgadza.',
    'Latem mieszka na działce bez zasięgu, wysyłać SMS.',
    'Ma fotowoltaikę na dachu, rozliczenia prowadzi dział prosumentów.',
    'Po poprzedniej reklamacji ma rabat 10 % na rok. Często o nim przypomina.',
    'Pracuje na zmiany, dzwonić po godzinie 14.',
    'Zarządca wspólnoty, jedna umowa obejmuje 24 mieszkania.',
    'Rozważa światłowód, czeka na zgodę sąsiadów.',
  ],
  vipNotes: [
    'VIP: szpital z zasilaniem awaryjnym, przy awarii natychmiast dzwonić do energetyka.',
    'VIP: umowa ramowa na 18 lokali, faktura zbiorcza do 5. dnia miesiąca.',
    'VIP: członek rady klientów, uwagi przekazywać kierownictwu.',
    'VIP: piekarnia pracująca nocą, wyłączenia tylko po uzgodnieniu.',
  ],
  places: [
    'Katowice-Ligota',
    'Gliwice',
    'Bielsko-Biała',
    'Kraków-Podgórze',
    'Łódź-Bałuty',
    'Rzeszów',
    'Opole',
    'Częstochowa',
    'Tychy',
    'Zabrze',
    'Sosnowiec',
    'Rybnik',
    'Cieszyn',
    'Wrocław-Krzyki',
    'Poznań-Jeżyce',
    'Kielce',
    'Dąbrowa Górnicza',
    'Żory',
    'Jaworzno',
    'Świętochłowice',
  ],
  streets: [
    'ul. Kościuszki',
    'ul. Mickiewicza',
    'ul. Długa',
    'ul. Leśna',
    'ul. Słoneczna',
    'ul. Łąkowa',
    'ul. Żeromskiego',
    'ul. Piłsudskiego',
    'ul. Ogrodowa',
    'ul. Szkolna',
    'ul. Źródlana',
    'al. Wojska Polskiego',
    'os. Tysiąclecia',
    'ul. Dworcowa',
    'ul. Lipowa',
    'ul. Górna',
    'ul. Św. Jana',
    'ul. Mała',
    'ul. Krótka',
    'ul. Śląska',
  ],
  companies: [
    'Piekarnia {surname} Sp. z o.o.',
    '{surname} i Synowie S.A.',
    'Stolarnia {surname}',
    'Budownictwo {surname} Sp. z o.o.',
    'Hotel {surname}',
    'Auto-Serwis {surname}',
    '{surname} Logistyka S.A.',
    'Apteka {surname}',
    'Ogrodnictwo {surname}',
    'Biuro Rachunkowe {surname}',
  ],
  topics: {
    powerOutage: {
      subjects: ['Brak prądu', 'Awaria prądu na całej ulicy'],
      requests: [
        'od {time} nie mamy prądu na całej ulicy, adres {street}, {place}. Bezpieczniki są włączone, u sąsiadów też ciemno. Kiedy można liczyć na naprawę? W zamrażarce mamy zapasy na całą zimę.',
        'pod adresem {street} dziś o {time} zabrakło prądu i od tamtej pory nic. Na infolinię nie da się dodzwonić. Proszę o informację, czy awaria jest znana.',
      ],
      reply:
        'dziękujemy za zgłoszenie. Awaria w rejonie {place} jest nam znana, uszkodzony został kabel średniego napięcia i na miejscu pracuje brygada dystrybutora. Według ostatnich informacji zasilanie wróci dziś do wieczora. Po naprawie wyślemy SMS.',
      chat: [
        'Dzień dobry, nie ma prądu, {street}. Wiecie coś o tym?',
        'Dzień dobry, tak, w rejonie {place} jest awaria kabla. Brygada jest już na miejscu.',
        'Jak długo to potrwa?',
        'Szacujemy dwie godziny. Wyślemy SMS po naprawie.',
        'Dobrze, dzięki.',
        'Dziękujemy za cierpliwość. Gdyby po SMS-ie prądu nadal nie było, prosimy o kontakt.',
      ],
      notes: [
        'Zgłoszono brak prądu, przypisano do znanej awarii. Klient zna szacowany czas naprawy.',
        'Nowa awaria przekazana dystrybutorowi, klient dostanie SMS.',
      ],
    },
    gasSmell: {
      subjects: ['Zapach gazu w budynku', 'Podejrzenie wycieku gazu'],
      requests: [
        'w piwnicy budynku {street} czuć gaz, najmocniej przy głównym zaworze. Zawór jest zakręcony, okna otwarte, w środku nikogo nie ma. Proszę jak najszybciej przysłać pogotowie.',
      ],
      reply:
        'pogotowie gazowe jest w drodze pod adres {street}. Do jego przyjazdu prosimy nie wchodzić do budynku, nie zapalać światła i nie używać dzwonka. Technik zadzwoni, gdy będzie na miejscu.',
      chat: [
        'Dzień dobry, w piwnicy czuć gaz, {street}!',
        'Proszę zakręcić główny zawór, otworzyć okna i wyjść na zewnątrz. Pogotowie już jedzie.',
        'Jesteśmy na zewnątrz, zawór zakręcony.',
        'Bardzo dobrze. Technik zaraz zadzwoni, proszę na razie nie wracać.',
      ],
      notes: ['Wysłano pogotowie gazowe, klient pouczony i poza budynkiem.', 'Technik potwierdził nieszczelność, dopływ odcięty.'],
    },
    internetOutage: {
      subjects: ['Nie działa internet', 'Awaria internetu i telewizji'],
      requests: [
        'od wczoraj ({time}) pod adresem {street} nie działa ani internet, ani telewizja. Na modemie miga czerwona dioda. Restart nie pomógł, kable są w porządku. Oboje pracujemy z domu, proszę o szybką pomoc.',
      ],
      reply:
        'wykryliśmy uszkodzenie światłowodu w lokalizacji {place}. Technicy je naprawiają i usługa powinna wrócić jeszcze dziś. Za dni bez internetu odliczymy część opłaty na następnej fakturze.',
      chat: [
        'Nie działa mi internet, na modemie świeci czerwona dioda.',
        'Dzień dobry, sprawdzę łącze. Proszę o adres.',
        '{street}, {place}',
        'Dziękuję, w tej lokalizacji jest zgłoszona awaria światłowodu, naprawa planowana na dziś.',
        'A rabat za przerwę?',
        'Tak, odliczymy go automatycznie na następnej fakturze.',
      ],
      notes: [
        'Awaria masowa światłowodu, klient poinformowany, rabat wpisany.',
        'Po restarcie portu łącze w porządku, klient potwierdził.',
      ],
    },
    meterFault: {
      subjects: ['Awaria licznika', 'Licznik pokazuje błąd'],
      requests: [
        'na liczniku pod adresem {street} świeci się komunikat błędu, a stan {meter} od kilku dni się nie zmienia, choć normalnie pobieramy prąd. Nie chcemy faktury szacunkowej, proszę o wymianę.',
      ],
      reply:
        'zlecenie kontroli licznika przekazaliśmy dystrybutorowi. Technik przyjedzie w ciągu pięciu dni roboczych i dzień wcześniej zadzwoni. Zużycie z czasu awarii policzymy ze średniej z zeszłego roku.',
      chat: [
        'Licznik pokazuje błąd i nie liczy.',
        'Dzień dobry, jaki stan jest na wyświetlaczu?',
        '{meter}, a pod spodem E07.',
        'Dziękuję, wymiana zamówiona. Technik zadzwoni dzień wcześniej.',
      ],
      notes: ['Zamówiono wymianę licznika, stan {meter}.', 'Licznik sprawdzony zdalnie, błąd usunięty.'],
    },
    highInvoice: {
      subjects: ['Za wysoka faktura', 'Pytanie o rozliczenie'],
      requests: [
        'przyszła do mnie faktura nr {invoice} z niedopłatą {amount}. To prawie dwa razy więcej niż rok temu, a u nas nic się nie zmieniło. Proszę o wyjaśnienie, jakie odczyty zostały przyjęte.',
        'w rozliczeniu {invoice} jest stan {meter}, a na liczniku jest dużo mniej. To pewnie szacunek. Proszę o korektę, kwoty {amount} na razie nie płacę.',
      ],
      reply:
        'sprawdziliśmy fakturę {invoice}. Dystrybutor przyjął odczyt szacunkowy, bo nie miał dostępu do licznika. Na podstawie przesłanego stanu wystąpiliśmy o korektę; nowa faktura przyjdzie w ciągu 14 dni, a do tego czasu płatność {amount} jest wstrzymana.',
      chat: [
        'Dzień dobry, dlaczego mam dopłacić {amount}?',
        'Dzień dobry, sprawdzę. Chodzi o fakturę {invoice}?',
        'Tak, o tę.',
        'Odczyt był szacunkowy. Proszę przysłać zdjęcie licznika, a przeliczymy fakturę.',
        'Wyślę dziś wieczorem.',
        'Dziękuję, do tego czasu wstrzymujemy płatność.',
      ],
      notes: [
        'Wyjaśniono składniki faktury {invoice}, klient zaakceptował.',
        'Odczyt szacunkowy, zlecono korektę faktury {invoice}, płatność wstrzymana.',
      ],
    },
    paymentPlan: {
      subjects: ['Prośba o rozłożenie na raty', 'Raty za zaległą fakturę'],
      requests: [
        'niedopłaty {amount} z faktury {invoice} nie da się niestety uregulować od razu, w rodzinie jest teraz jeden dochód. Czy można ją rozłożyć na {months} miesięczne raty? Pierwszą możemy wpłacić od ręki.',
      ],
      reply:
        'zgodziliśmy się na raty przez {months} miesięcy. Pierwsza jest płatna {date}, kolejne zawsze tego samego dnia. Gdyby coś się zmieniło, prosimy o kontakt przed terminem raty.',
      chat: [
        'Czy można rozłożyć zaległość na raty?',
        'Dzień dobry, tak. Na ile miesięcy?',
        'Najlepiej {months}.',
        'Zatwierdzone. Harmonogram przyjdzie e-mailem za kilka minut.',
      ],
      notes: ['Przyznano raty na {months} miesięcy, kwota {amount}.'],
    },
    meterReading: {
      subjects: ['Odczyt licznika prądu', 'Zgłoszenie stanu gazomierza'],
      requests: [
        'przesyłam stan licznika na koniec okresu: {meter}, punkt poboru {street}. Proszę o potwierdzenie zapisu, w zeszłym roku zgłoszenie zaginęło.',
      ],
      reply: 'stan {meter} zapisaliśmy dla punktu {street} i przekazaliśmy dystrybutorowi. Rozliczenie będzie z niego, bez szacunku.',
      chat: [
        'Chcę zgłosić stan licznika: {meter}',
        'Dziękuję. Chodzi o adres {street}?',
        'Tak.',
        'Zapisane, potwierdzenie jest w e-mailu.',
      ],
      notes: ['Zapisano odczyt {meter}.'],
    },
    advancePayment: {
      subjects: ['Zmiana wysokości zaliczek', 'Obniżenie miesięcznych opłat'],
      requests: [
        'zaliczki {amount} miesięcznie są dla nas niepotrzebnie wysokie, po ociepleniu domu mieliśmy w zeszłym roku dużą nadpłatę. Proszę o ich obniżenie od przyszłego miesiąca.',
      ],
      reply:
        'na podstawie zużycia z ostatniego roku obniżyliśmy zaliczki od przyszłego miesiąca. Nowy harmonogram jest w strefie klienta. Zlecenie stałe prosimy zmienić, polecenie zapłaty zmieni się samo.',
      chat: [
        'Chcę obniżyć zaliczki, płacę {amount}.',
        'Dzień dobry, zużycie na to pozwala. Od przyszłego miesiąca?',
        'Tak, proszę.',
        'Gotowe, nowy harmonogram jest w strefie klienta.',
      ],
      notes: ['Zaliczki obniżone według rzeczywistego zużycia, wysłano harmonogram.'],
    },
    refund: {
      subjects: ['Zwrot nadpłaty', 'Podwójna płatność'],
      requests: [
        '{date} przez pomyłkę dwa razy wyszła ode mnie płatność {amount} za fakturę {invoice}. Proszę o zwrot jednej z nich na konto, z którego przyszła.',
      ],
      reply: 'odnaleźliśmy podwójną płatność za fakturę {invoice}. Kwotę {amount} zwrócimy na konto w ciągu pięciu dni roboczych.',
      chat: [
        'Płatność za fakturę {invoice} wyszła dwa razy.',
        'Dzień dobry, widzę drugą wpłatę {amount}. Zwrócić na to samo konto?',
        'Tak, na to samo.',
        'Pieniądze będą w ciągu pięciu dni roboczych.',
      ],
      notes: ['Odnaleziono podwójną płatność, {amount} do zwrotu.'],
    },
    movingHouse: {
      subjects: ['Przeprowadzka i przepisanie umowy', 'Przepisanie licznika na nowy adres'],
      requests: [
        '{date} przeprowadzamy się pod adres {street}, {place}. Pod starym adresem chcemy zakończyć pobór ze stanem {meter}, pod nowym przejąć prąd, gaz i internet. Co trzeba podpisać?',
      ],
      reply:
        'gratulujemy nowego mieszkania. W załączeniu przesyłamy protokół przekazania; wystarczy podpisać go z poprzednim odbiorcą i odesłać. Internet pod nowym adresem podłączymy w trzy dni robocze po przepisaniu.',
      chat: [
        'Przeprowadzamy się, jak przepisać prąd i internet?',
        'Dzień dobry, wystarczy protokół ze stanem licznika. Jaki to adres?',
        '{street}, {place}',
        'Świetnie, jest tam też światłowód. Protokół wysyłam e-mailem.',
        'Super, dzięki!',
        'Chętnie pomagamy, powodzenia na nowym miejscu.',
      ],
      notes: [
        'Wysłano protokół, przepisanie na {date}, internet przeniesiony.',
        'Przepisanie zakończone, stary adres zamknięty ze stanem {meter}.',
      ],
    },
    contractEnd: {
      subjects: ['Rozwiązanie umowy', 'Wypowiedzenie umowy na gaz'],
      requests: [
        'chcę rozwiązać umowę dla punktu {street}, bo konkurencja daje niższą cenę i bez zobowiązań. Proszę o potwierdzenie daty zakończenia i wyliczenie ewentualnej opłaty.',
      ],
      reply:
        'przykro nam, że rozważane jest odejście. Umowa kończy się {date} bez opłaty. Wcześniej chcielibyśmy zaproponować stałą cenę na dwa lata z rabatem 8 %; wystarczy jedno słowo odpowiedzi i ją przygotujemy.',
      chat: [
        'Chcę wypowiedzieć umowę.',
        'Dzień dobry, szkoda. Czy mogę zapytać o powód?',
        'Gdzie indziej jest taniej.',
        'Mogę zaproponować stałą cenę na dwa lata z rabatem 8 %. Czy to coś zmienia?',
        'Proszę przysłać, zastanowię się.',
        'Oferta jest w e-mailu, ważna siedem dni.',
      ],
      notes: ['Klient przyjął stałą cenę na dwa lata, wypowiedzenie wycofane.', 'Wypowiedzenie przyjęte na {date}, oferta odrzucona.'],
    },
    newTariff: {
      subjects: ['Zainteresowanie nową taryfą', 'Pytanie o światłowód'],
      requests: [
        'na stronie jest oferta gigabitowego internetu do prądu z rabatem. Czy jest dostępna pod adresem {street}, {place}? I czy można przejść w trakcie umowy?',
      ],
      reply:
        'pod adresem {street} światłowód jest dostępny, a przejście w trakcie umowy jest bezpłatne. Dla klientów prądu internet przez pierwsze pół roku kosztuje połowę. Technik może przyjechać już w przyszłym tygodniu, termin można wybrać w strefie klienta.',
      chat: [
        'Interesuje mnie gigabit, jest u nas? {street}',
        'Dzień dobry, tak, światłowód jest w budynku.',
        'Ile to będzie kosztować, jeśli mam u was prąd?',
        'Przez pół roku połowę, potem {amount} za kwartał. Zamówić?',
        'Proszę zamówić, dziękuję.',
        'Gotowe, technik odezwie się w ciągu dwóch dni.',
      ],
      notes: ['Zamówiono internet gigabitowy, termin instalacji ustalony.', 'Wysłano ofertę, klient się zastanowi.'],
    },
    routerProblem: {
      subjects: ['Problem z routerem', 'Słaby sygnał wi-fi'],
      requests: [
        'nowy router ciągle gubi połączenie, najgorzej jest wieczorem. Na piętrze wi-fi prawie nie ma. Zmiana kanału {date} według instrukcji nie pomogła.',
      ],
      reply:
        'zdalnie przełączyliśmy router na inne pasmo i wgraliśmy nowe oprogramowanie. Jeśli sygnał na piętrze nadal będzie słaby, bezpłatnie wyślemy wzmacniacz; wystarczy napisać.',
      chat: [
        'Wi-fi ciągle się rozłącza.',
        'Dzień dobry, router widzę jako aktywny. Po kablu też się rozłącza?',
        'Po kablu nie.',
        'Zmienię pasmo i kanał. Proszę teraz sprawdzić.',
        'Wygląda lepiej.',
        'Świetnie. Gdyby wróciło, wyślemy wzmacniacz.',
      ],
      notes: ['Router ustawiony zdalnie, klient sprawdził.', 'Wysłano wzmacniacz wi-fi, kontrola za tydzień.'],
    },
    tvBox: {
      subjects: ['Nie działa telewizja', 'Dekoder nie reaguje'],
      requests: [
        'dekoder po aktualizacji zatrzymał się na ekranie startowym. Wyłączenie z gniazdka nie pomaga, a wieczorem finał. Czy da się to naprawić zdalnie?',
      ],
      reply:
        'przywróciliśmy zdalnie poprzednią wersję dekodera. Prosimy wyłączyć go na minutę z gniazdka i włączyć ponownie; start potrwa około pięciu minut. Nagrania zostały zachowane.',
      chat: [
        'Dekoder stoi na logo.',
        'Dzień dobry, wyślę mu nową wersję. Proszę wyłączyć go na minutę.',
        'Teraz się uruchamia.',
        'Proszę dać mu pięć minut, potem będzie dobrze.',
        'Działa!',
        'Cieszymy się, miłego wieczoru przed telewizorem.',
      ],
      notes: ['Oprogramowanie dekodera przywrócone zdalnie, działa.', 'Dekoder wymieniony, odbiór w salonie.'],
    },
    mobileData: {
      subjects: ['Nie działają dane komórkowe', 'Włączenie roamingu'],
      requests: [
        'od wczoraj nie działają mi dane w telefonie, rozmowy i SMS-y tak. Po wyczerpaniu pakietu przyszła wiadomość o odnowieniu, ale danych nadal nie ma.',
      ],
      reply: 'pakiet się odnowił, została tylko włączona blokada wydatków. Wyłączyliśmy ją, dane wrócą po ponownym uruchomieniu telefonu.',
      chat: [
        'Nie działają mi dane w telefonie.',
        'Dzień dobry, jest włączona blokada wydatków. Wyłączyć ją?',
        'Tak, proszę.',
        'Gotowe, proszę ponownie uruchomić telefon.',
      ],
      notes: ['Wyłączono blokadę wydatków, dane działają.', 'Roaming włączony, klient zna ceny.'],
    },
    complaintTechnician: {
      subjects: ['Skarga na technika', 'Technik nie przyjechał na umówioną godzinę'],
      requests: [
        'technik miał przyjechać {date} o {time} i nie przyjechał, nikt nie przeprosił. Przepadł przez to cały dzień urlopu. Żądam rekompensaty i nowego terminu, którego dotrzymacie.',
      ],
      reply:
        'przepraszamy, tak być nie powinno. Wyjazd opóźnił się przez awarię, a dyspozytor zapomniał zadzwonić. Nowy termin potwierdziliśmy jako pierwszy rano, a na następnej fakturze odliczymy {amount}.',
      chat: [
        'Technik znowu nie przyjechał!',
        'Dzień dobry, bardzo przepraszamy. Zaraz sprawdzę, co się stało.',
        'Czekamy od {time}.',
        'Wyjazd opóźnił się przez awarię. Proponuję jutro pierwszy termin rano i rabat.',
        'Dobrze, ale ostatni raz.',
        'Rozumiem, zapisuję z pierwszeństwem.',
      ],
      notes: ['Skarga uznana, nowy termin i rabat {amount}.', 'Skarga przekazana kierownikowi techników.'],
    },
    complaintInvoice: {
      subjects: ['Reklamacja faktury', 'Ponowna reklamacja rozliczenia'],
      requests: [
        'już drugi raz reklamuję fakturę {invoice}. Na pierwszą reklamację z {date} nikt nie odpowiedział, a zamiast tego przyszło wezwanie do zapłaty {amount}. Jeśli tego nie rozwiążecie, zwrócę się do urzędu regulacji.',
      ],
      reply:
        'przepraszamy za milczenie, pierwsza reklamacja nie została przydzielona. Fakturę {invoice} anulowaliśmy, wezwanie jest nieważne, a poprawione rozliczenie przyjdzie w ciągu dziesięciu dni. Sprawę prowadzi jedna osoba, do której jest bezpośredni kontakt.',
      chat: [
        'Reklamuję fakturę {invoice} już drugi raz.',
        'Dzień dobry, pierwsza reklamacja odnaleziona, przepraszamy za zwłokę.',
        'A to wezwanie?',
        'Wezwanie anulujemy, wynik przyjdzie w ciągu dziesięciu dni.',
      ],
      notes: ['Reklamacja uznana, faktura {invoice} anulowana.', 'Reklamacja odrzucona, odczyt potwierdzony zdjęciem licznika.'],
    },
  },
};
