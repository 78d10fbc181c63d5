import { extraction } from '../../pages/build/extraction.ts';

export default extraction(['offer-words', 'refusals'], ['cs', 'pl', 'ru', 'zh']);
