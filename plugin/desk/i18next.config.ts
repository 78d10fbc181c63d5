import { extraction } from '../../pages/build/extraction.ts';

export default extraction(['explanations', 'offer-words', 'refusals'], ['cs', 'pl', 'ru', 'zh']);
