/** Ids are UUIDs of version 7: they sort by time, so indexes grow at one end and lists page by id. */
export { v7 as uuidv7 } from 'uuid';
