import { extraction } from '../../pages/build/extraction.ts';

export default extraction(
  ['actor-words', 'contact-words', 'explanations', 'mail-words', 'offer-words', 'refusals'],
  ['cs', 'pl', 'ru', 'zh'],
);
