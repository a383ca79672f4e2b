import type { Value } from '../model/value.ts';
import type { Container, Pod } from './container.ts';

/** Capabilities that the baseline lets a container add. Source: Pod Security Standards, Baseline, Capabilities. */
const allowed = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '),
);

/**
 * True when nothing that is written about a pod would be refused under the baseline Pod Security Standard, and nothing of it is unknown.
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export function keepsBaseline(pod: Pod): boolean {
  const context = pod.attr('securityContext');
  return (
    ['hostNetwork', 'hostPID', 'hostIPC'].every((key) => isOff(pod.attr(key))) &&
    isPlain(context, ['sysctls', 'seLinuxOptions', 'windowsOptions', 'appArmorProfile']) &&
    isConfined(pod.attr('securityContext', 'seccompProfile', 'type')) &&
    pod.attr('volumes').is !== 'unknown' &&
    pod.items('volumes').every((volume) => volume.value.is === 'map' && volume.attr('hostPath').is === 'absent') &&
    pod.containers.length > 0 &&
    pod.containers.every(containerKeeps)
  );
}

function containerKeeps(container: Container): boolean {
  const of = (...path: readonly string[]): Value => container.attr('securityContext', ...path);
  const added = of('capabilities', 'add');
  return (
    isPlain(of(), ['seLinuxOptions', 'windowsOptions', 'appArmorProfile', 'procMount']) &&
    isOff(of('privileged')) &&
    isConfined(of('seccompProfile', 'type')) &&
    (added.is === 'absent' ||
      (added.is === 'list' && added.items.every((item) => item.is === 'known' && allowed.has(String(item.value))))) &&
    container.attr('ports').is !== 'unknown' &&
    container.items('ports').every((port) => port.value.is === 'map' && port.attr('hostPort').is === 'absent')
  );
}

const isOff = (value: Value): boolean => value.is === 'absent' || (value.is === 'known' && value.value === false);
const isConfined = (value: Value): boolean => value.is === 'absent' || (value.is === 'known' && value.value !== 'Unconfined');

/** A context that is known and has none of what the standard would have to look into. */
const isPlain = (context: Value, without: readonly string[]): boolean =>
  context.is === 'absent' || (context.is === 'map' && !context.open && without.every((key) => !context.entries.has(key)));
