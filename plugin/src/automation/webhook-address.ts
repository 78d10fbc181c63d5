/**
 * Which addresses a webhook may be sent to. Rules are written by people, and a name is anybody's to point where they
 * like: whatever is not on the public internet is refused unless the operator allows it by WEBHOOK_ALLOW.
 */
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

export interface Allowed {
  /** In lower case, as a URL writes them. */
  hosts: ReadonlySet<string>;
  networks: readonly (readonly [Address, number])[];
}

const MAX_LENGTH = 2_000;
/** What an IPv6 address of these networks means is an IPv4 address inside it, which begins at this byte. */
const EMBEDDING = [
  { network: ipaddr.IPv6.parseCIDR('::ffff:0:0/96'), from: 12 },
  // NAT64
  { network: ipaddr.IPv6.parseCIDR('64:ff9b::/96'), from: 12 },
  // 6to4
  { network: ipaddr.IPv6.parseCIDR('2002::/16'), from: 2 },
];
/** The only part of IPv6 that is given out for the internet. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

/** @param items host names, addresses and CIDR networks, as checked at the start */
export function readAllowed(items: readonly string[]): Allowed {
  const hosts = items.filter((item) => !ipaddr.isValid(item) && !ipaddr.isValidCIDR(item));
  const networks = items.flatMap((item): [Address, number][] => {
    if (ipaddr.isValidCIDR(item)) return [ipaddr.parseCIDR(item)];
    return ipaddr.isValid(item) ? [[ipaddr.process(item), ipaddr.process(item).kind() === 'ipv4' ? 32 : 128]] : [];
  });
  return { hosts: new Set(hosts.map((host) => host.toLowerCase())), networks };
}

/**
 * What can be said before the name is looked up.
 *
 * @returns why the URL may not be called, in a sentence; null where its name may be looked up
 */
export function refusalOfUrl(text: string, allowed: Allowed): string | null {
  if (text.length > MAX_LENGTH) return `A webhook's URL has at most ${MAX_LENGTH.toLocaleString('en')} characters.`;
  if (!URL.canParse(text)) return 'This is no URL; write it like https://example.org/hook.';
  const { protocol, username, password, hostname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return `A webhook goes to http or https, not to ${protocol.slice(0, -1)}.`;
  if (username || password) return "A webhook's URL holds no user name and no password: the signature says who sends it.";
  const host = bare(hostname);
  const known = /^(.+\.)?localhost\.?$/.test(host) ? ['127.0.0.1', '::1'] : ipaddr.isValid(host) ? [host] : [];
  const refusals = known.map((address) => refusalOfAddress(address, host, allowed));
  return refusals.every((reason) => reason !== null) ? (refusals[0] ?? null) : null;
}

/**
 * @param address what the name was found to be, as it is connected to
 * @param host the URL's host, as `new URL` gives it
 * @returns why it may not be connected to, in a sentence; null where it may
 */
export function refusalOfAddress(address: string, host: string, allowed: Allowed): string | null {
  if (allowed.hosts.has(bare(host))) return null;
  if (!ipaddr.isValid(address)) return refusal(host);
  const parsed = ipaddr.parse(address);
  const inside = embedded(parsed);
  if ([parsed, ...(inside ? [inside] : [])].some((one) => isIn(one, allowed))) return null;
  return isPublic(inside ?? parsed) ? null : refusal(host);
}

/** Without the brackets around IPv6. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

const refusal = (host: string): string =>
  `${bare(host)} is not on the public internet; an operator can allow it by the setting WEBHOOK_ALLOW.`;

const isIn = (address: Address, { networks }: Allowed): boolean =>
  networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));

function embedded(address: Address): ipaddr.IPv4 | null {
  const found = address.kind() === 'ipv6' ? EMBEDDING.find(({ network }) => address.match(network)) : undefined;
  return found ? new ipaddr.IPv4(address.toByteArray().slice(found.from, found.from + 4)) : null;
}

/** Loopback, private, link-local with the metadata services of clouds, carrier-grade NAT and the rest have ranges of their own. */
const isPublic = (address: Address): boolean => address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(GLOBAL));
