/** The built application, with the engine's address put into its components. */
import { createHash } from 'node:crypto';
import { loadBundle, withAddress } from '../../src/crm/twenty/install/bundle.js';

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

it('carries the address in each component that shows a page of ours, under the checksum that Twenty compares', async () => {
  const built = await loadBundle(undefined, () => undefined);
  const addressed = withAddress(built, 'https://patchbay.example.org');
  for (const bundle of [built, addressed]) {
    const shown = ['administration', 'administration-tab', 'desk', 'desk-tab', 'presence', 'service-tab'];
    expect(bundle.manifest.frontComponents?.map(({ name }) => name)).toEqual(expect.arrayContaining(shown));
    for (const { name, builtComponentPath, builtComponentChecksum } of bundle.manifest.frontComponents ?? []) {
      const file = bundle.files.find(({ path }) => path === builtComponentPath);
      expect(builtComponentChecksum).toBe(sha256(file!.content));
      expect(file!.content.includes('https://patchbay.example.org')).toBe(bundle === addressed && shown.includes(String(name)));
    }
  }
});
