/** Subjects of mails, and the prefixes that mailers put before them. */

const REPLY = /^(\s*(re|odp|odpov[eě][dď]|aw|sv|antw|ynt|vs|r[ée]f|rif)\s*(\[\d+\])?\s*:)+\s*/i;

/** "Re:" once, whatever prefixes in English, Czech, Polish, German and others have piled up. */
export function replySubject(subject: string | null): string {
  const bare = bareSubject(subject);
  return bare ? `Re: ${bare}` : 'Re:';
}

/** Without the prefixes of replies; empty where there is none. */
export const bareSubject = (subject: string | null): string => (subject ?? '').replace(REPLY, '').trim();
