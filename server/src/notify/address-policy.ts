import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Addresses that a webhook must not reach: a URL is text that somebody typed, and the sender stands inside the centre's network
 * (OWASP: server-side request forgery). Special-purpose registries of IANA (RFC 6890 and its updates).
 */
const INSIDE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv4');
}

/** Global unicast; everything else of IPv6 is special. */
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');
/** Of it: Teredo, ORCHID, documentation, 6to4. They may lead to any IPv4 address, or nowhere. */
const SPECIAL_V6 = new BlockList();
SPECIAL_V6.addSubnet('2001::', 23, 'ipv6');
SPECIAL_V6.addSubnet('2001:db8::', 32, 'ipv6');
SPECIAL_V6.addSubnet('2002::', 16, 'ipv6');

/** Is this an address of the open Internet? False also for what is no address at all. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').split('%')[0] ?? '';
  if (isIP(bare) === 0) return false;
  if (!isIPv6(bare)) return !INSIDE.check(bare, 'ipv4');
  return GLOBAL_V6.check(bare, 'ipv6') && !SPECIAL_V6.check(bare, 'ipv6');
}
