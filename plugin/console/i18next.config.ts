import { extraction } from '../../pages/build/extraction.ts';

export default extraction(['refusals'], ['cs', 'pl', 'ru', 'zh']);
