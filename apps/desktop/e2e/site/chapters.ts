export interface Chapter {
  readonly number: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const TITLES = [
  'The harbour before light',
  'A map of small islands',
  'What the tide keeps',
  'Letters from the lighthouse',
  'The ferry that waits',
  'Notes on weather',
  'A catalogue of bells',
  'The way back',
];

const PARAGRAPHS = [
  'The boats come in without lamps at this hour. One hears them first: a rope over a bollard, a word to a dog, the soft complaint of wood against stone.',
  'Nobody here trusts a chart older than the sandbank it shows. The bank moves a little each winter, and the fishermen redraw it from memory over breakfast.',
  'On the third day the fog lifted far enough to show the second island, which everyone agreed had been there all along.',
  'The keeper writes down every ship that passes, its heading and its lights. Forty years of evenings stand on one shelf, in the same brown ink.',
  'A path of planks leads across the marsh. Some are new and pale. Walk on the dark ones, says the sign, they have been trusted longest.',
  'Wind from the west brings the smell of hay from the other shore, and with it the sound of a train that nobody on this side has ever taken.',
  'There are eleven bells on the coast and each has a name. In thick weather the pilots steer by the argument they have with one another.',
  'What is left on the beach in the morning belongs to whoever writes it down first: two floats, a shoe, the door of a cupboard painted green.',
  'The ferry waits for people who are known to be late. It is in the timetable, under the name of the family.',
];

const SECTIONS_PER_CHAPTER = 45;

/** The chapters of the site, each several windows long, so that a page can be scrolled far from its start. */
export const CHAPTERS: readonly Chapter[] = TITLES.map((title, index) => ({
  number: index + 1,
  title,
  paragraphs: Array.from(
    { length: SECTIONS_PER_CHAPTER },
    (_, section) => PARAGRAPHS[(section * 2 + index) % PARAGRAPHS.length] ?? '',
  ),
}));
