import { extraction } from '../../pages/build/extraction.ts';

export default extraction(['cs', 'pl', 'ru', 'zh']);
