import { ofTexts, type FunctionTable } from './define.ts';

const timestamp = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/;

const parse = (s: string): number | undefined => (timestamp.test(s) ? Date.parse(s) || undefined : undefined);

export const time: FunctionTable = {
  timecmp: ofTexts((a = '', b = '') => {
    const [x, y] = [parse(a), parse(b)];
    return x === undefined || y === undefined ? undefined : Math.sign(x - y);
  }, 2),
};
