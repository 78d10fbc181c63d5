/** How a system signs a request: a whole program, right for this very source and an entry point that there is. */
import { useQuery } from '@apollo/client/react';
import { EntryPointListDocument } from '../generated/operations';
import { channels, type Channel } from '../generated/channels';
import { t } from '../language';
import { copy } from '../parts/copy';

export function SigningExample({ id }: { id: string }) {
  const { data } = useQuery(EntryPointListDocument, { fetchPolicy: 'cache-and-network' });
  if (!data) return null;
  const entry = data.entryPoints.find(({ channel }) => channels[channel].openedBy.includes('INTAKE'));
  const text = example(id, entry?.channel ?? 'WEB_FORM', entry?.address ?? 'web/contact');
  return (
    <section className="card" aria-labelledby="signing">
      <h2 id="signing">{t('How it signs')}</h2>
      <p className="soft">
        {t(
          'Each request carries the time, a key of its own, and the HMAC of both and the body. This program, for Node, makes one interaction; every field is described at {{address}}.',
          { address: `${location.origin}/intake/v1/schema.json` },
        )}
      </p>
      {!entry && <p className="notice">{t('There is no entry point yet that it could call: make one, and name its address as “to”.')}</p>}
      <pre className="program" tabIndex={0} aria-labelledby="signing">
        {text}
      </pre>
      <p>
        <button type="button" className="button" onClick={() => void copy(text)}>
          {t('Copy')}
        </button>
      </p>
    </section>
  );
}

const FROM: Readonly<Record<(typeof channels)[Channel]['address'], string>> = {
  LINE: '+420 600 100 200',
  NUMBER: '+420 600 100 200',
  MAIL: 'customer@example.org',
  HANDLE: 'customer-1',
  ANY: 'customer@example.org',
};

const example = (id: string, channel: Channel, to: string): string => `// SECRET=… node example.mjs
import { createHmac, randomUUID } from 'node:crypto';

const body = JSON.stringify({
  action: 'open',
  channel: ${JSON.stringify(channel)},
  from: ${JSON.stringify(FROM[channels[channel].address])},
  to: ${JSON.stringify(to)},
  subject: 'A question',
  text: 'Good morning, where is my order?',
});
const timestamp = String(Math.floor(Date.now() / 1000));
const key = randomUUID();
const signature = createHmac('sha256', process.env.SECRET)
  .update(\`\${timestamp}\\n\${key}\\n\${body}\`)
  .digest('hex');

const answer = await fetch(${JSON.stringify(`${location.origin}/intake/v1/interactions`)}, {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'X-Patchbay-Source': ${JSON.stringify(id)},
    'X-Patchbay-Timestamp': timestamp,
    'Idempotency-Key': key,
    'X-Patchbay-Signature': \`sha256=\${signature}\`,
  },
  body,
});
console.log(answer.status, await answer.text());
`;
