/**
 * What there is to say of a channel. Each file in channels/ says it of one, under its own name: `web-form.js` is WEB_FORM.
 * From there the build takes the enums of the API and of the database, and what engine, pages, CRM application and seed
 * know of channels; the engine adds a new one to its database when it starts.
 */
export interface ChannelDefinition {
  /** What it is, for readers of the schema. */
  about: string;
  /** Place among the channels wherever they are listed, the lowest first: the most hurried channel has the lowest. */
  order: number;
  /** What the channel is called: on the wall and in the CRM. */
  name: InEachLanguage;
  /** What one interaction on it is called: at the desk. */
  one: InEachLanguage;
  /** Of its tag in the CRM. */
  colour: 'green' | 'sky' | 'blue' | 'turquoise' | 'pink' | 'gray' | 'purple' | 'orange' | 'yellow' | 'red';
  /** A drawing of 16 by 16 as one SVG path, drawn as a line. */
  icon: string;
  /** Whether somebody is there on the other side, who leaves when nobody comes; else the answer may come later. */
  live: boolean;
  /** How one speaks on it. NONE: our own record of something to do, on which nobody speaks. */
  conversation: 'SPOKEN' | 'MESSAGES' | 'LETTERS' | 'PAPER' | 'NONE';
  /** What the first answer to the customer is: that somebody accepted, or that somebody wrote. */
  firstAnswer: 'ACCEPTANCE' | 'MESSAGE';
  /** Whether the customer gets the answer on this very channel, so that another one cannot carry it. */
  answeredHere: boolean;
  /**
   * What addresses on it look like. LINE: a telephone number, an extension or a SIP address. NUMBER: a telephone number or
   * a short one. MAIL: an e-mail address. HANDLE: a name that a program gives. ANY: whatever people type.
   */
  address: 'LINE' | 'NUMBER' | 'MAIL' | 'HANDLE' | 'ANY';
  /** Who may open an interaction on it beside a client of the API: an agent at the desk, a rule, a signing system. */
  openedBy: readonly ('AGENT' | 'RULE' | 'INTAKE')[];
  /** Whether a person's page in the CRM has a button that begins one. Needs AGENT in `openedBy`. */
  onPersonPage: boolean;
  /** What a center begins with; an administrator may change it. */
  settings: {
    /** Units of an agent's size that one interaction takes. */
    weight: number;
    /** The same while it waits for the customer. */
    waitingWeight: number;
    /** Whether a call may interrupt it: it takes no room from work that is not interruptible. */
    interruptible: boolean;
    /** What becomes of work in hand when its agent is lost. */
    whenAgentLost: 'KEEP' | 'REQUEUE';
  };
}

type InEachLanguage = Readonly<Record<'en' | 'cs' | 'pl' | 'ru' | 'zh', string>>;
