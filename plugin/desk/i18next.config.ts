import { extraction } from '../../pages/build/extraction.ts';

export default extraction(['explanations', 'refusals'], ['cs', 'pl', 'ru', 'zh']);
