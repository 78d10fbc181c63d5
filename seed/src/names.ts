/**
 * Names that people really bear. First names by hand: Faker's lists are name-day calendars, in which every tenth
 * customer would be a Valburga. Czech and Polish surnames come from Faker, the Polish put into the feminine where due;
 * British ones by hand, as Faker's English ones are American, some of them coined by it.
 */
import { faker as czech } from '@faker-js/faker/locale/cs_CZ';
import { faker as polish } from '@faker-js/faker/locale/pl';
import type { Random } from './random.js';
import type { Language } from './texts.js';

type Sex = 'female' | 'male';

const FIRST_NAMES: Record<Language, Record<Sex, readonly string[]>> = {
  cs: {
    female: words(
      'Jana Marie Eva Hana Anna Lenka Kateřina Lucie Věra Alena Petra Veronika Jaroslava Tereza Martina Michaela Jitka Helena Ludmila Zdeňka Ivana Monika Eliška Zuzana Markéta Barbora Jarmila Kristýna Dana Pavla Adéla Nikola Božena Šárka Gabriela Klára Radka Simona Olga Renata Iva Daniela Natálie Dagmar Květa Žaneta',
    ),
    male: words(
      'Jiří Jan Petr Pavel Jaroslav Martin Tomáš Josef Miroslav Zdeněk František Václav Michal Karel Milan Jakub Lukáš David Vladimír Ladislav Ondřej Roman Stanislav Marek Daniel Antonín Radek Vojtěch Filip Adam Aleš Miloslav Matěj Jaromír Dominik Libor Patrik Rudolf Vlastimil Jindřich Bohumil Šimon Štěpán Luboš',
    ),
  },
  pl: {
    female: words(
      'Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Magdalena Elżbieta Joanna Aleksandra Monika Zofia Teresa Danuta Natalia Julia Justyna Beata Karolina Marta Dorota Renata Iwona Jolanta Paulina Wiktoria Sylwia Grażyna Halina Patrycja Bożena Wanda Oliwia Łucja Żaneta',
    ),
    male: words(
      'Piotr Krzysztof Tomasz Andrzej Paweł Michał Jan Marcin Jakub Adam Stanisław Marek Łukasz Grzegorz Mateusz Wojciech Mariusz Dariusz Maciej Zbigniew Jerzy Kamil Rafał Robert Dawid Józef Szymon Tadeusz Kacper Bartosz Artur Sebastian Damian Przemysław Ryszard Zdzisław Wiesław Bogdan',
    ),
  },
  en: {
    female: words(
      'Olivia Amelia Emily Sophie Jessica Charlotte Lucy Hannah Sarah Emma Rachel Rebecca Claire Helen Karen Susan Margaret Patricia Alison Nicola Joanne Laura Victoria Fiona Priya Aisha Fatima Grace Chloe Megan Ruth Gemma Zara Niamh Siobhan',
    ),
    male: words(
      'James Oliver Jack Harry Thomas William George Daniel Matthew Andrew David Paul Mark Stephen Richard Peter Simon Christopher Michael Robert Alan Ian Graham Neil Gareth Callum Mohammed Arjun Samuel Benjamin Liam Connor Edward Rhys Angus',
    ),
  },
};

const BRITISH_SURNAMES = words(
  'Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Khan Harris Lewis Cooper Ward Turner Hill Moore Clark Baker Harrison King Morris Allen Scott Ali Watson Young Parker Bennett Griffiths Kelly Simpson Cook Shaw Ahmed Singh Bailey Collins Chapman Murphy Begum Webb Rogers Hughes Gray Mills Knight Palmer Barnes Owen Hunt Dixon Fletcher Gibson Ellis Pearson Holmes Marshall Hussain Campbell Fraser Sutherland Llewellyn Pritchard Okafor Adeyemi Fernandes Kowalczyk',
);

const FAKERS = { cs: czech, pl: polish };

export interface PersonName {
  first: string;
  last: string;
}

/** A person of that mother tongue. Deterministic between two calls of {@link seedNames}. */
export function personName(random: Random, language: Language): PersonName {
  const sex: Sex = random.chance(0.52) ? 'female' : 'male';
  const first = random.pick(FIRST_NAMES[language][sex]);
  if (language === 'en') return { first, last: random.pick(BRITISH_SURNAMES) };
  // A surname of two words, of which Faker has one, would make an odd address.
  const [last = ''] = FAKERS[language].person.lastName(sex).split(' ');
  return { first, last: language === 'pl' ? inflected(last, sex) : last };
}

/** Sets Faker, which keeps its state in the module, to where a run of names begins. */
export function seedNames(random: Random): void {
  for (const faker of Object.values(FAKERS)) faker.seed(random.int(0, 2_147_483_647));
}

/** The name for an address: lower-case letters of ASCII, such as `zanetahajkova` from `Žaneta Hájková`. */
export function asciiName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}

/** Faker knows most Polish surnames in the masculine only, and two in the feminine only. */
function inflected(surname: string, sex: Sex): string {
  return sex === 'female'
    ? surname.replace(/(s|c|dz)ki$/, '$1ka').replace(/(czn|ęsn|óln)y$/, '$1a')
    : surname.replace(/(czn|ęsn)a$/, '$1y');
}

function words(text: string): readonly string[] {
  return text.split(' ');
}
