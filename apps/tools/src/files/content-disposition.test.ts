import { describe, expect, it } from 'vitest';
import { fileNameIn } from './content-disposition.js';

const rawUtf8 = (text: string) => Buffer.from(text).toString('latin1');

describe('the name of a file that came with an answer', () => {
  it.each<[string, string, string | undefined]>([
    ['a bare name', 'attachment; filename=report.pdf', 'report.pdf'],
    ['a quoted name', 'attachment; filename="Q3 report.pdf"', 'Q3 report.pdf'],
    ['a semicolon in quotes', 'attachment; filename="a;b.txt"', 'a;b.txt'],
    ['quotes in quotes', String.raw`attachment; filename="say \"hi\".txt"`, 'say "hi".txt'],
    ['a name with an equals sign', 'attachment; filename="a=b.txt"', 'a=b.txt'],
    ['names in capitals', 'ATTACHMENT; FILENAME="A.TXT"', 'A.TXT'],
    ['spaces around everything', 'attachment ;  filename = "a.txt" ; size=3', 'a.txt'],
    ['a bare name with spaces', 'attachment; filename=Q3 report.pdf; size=3', 'Q3 report.pdf'],
    ['quotes that never end', 'attachment; filename="a b.txt', 'a b.txt'],
    ['no type', 'filename="a.txt"', 'a.txt'],
    [
      'an extended name',
      "attachment; filename*=UTF-8''na%C3%AFve%20%E6%97%A5%E6%9C%AC.txt",
      'naïve 日本.txt',
    ],
    ['an extended name before', 'attachment; filename*=UTF-8\'\'%E2%82%AC.txt; filename="EUR.txt"', '€.txt'],
    [
      'an extended name behind',
      'attachment; filename="EUR.txt"; filename*=utf-8\'en\'%E2%82%AC.txt',
      '€.txt',
    ],
    ['an extended name in quotes', `attachment; filename*="UTF-8''%E2%82%AC.txt"`, '€.txt'],
    ['an extended name in latin-1', "attachment; filename*=iso-8859-1''na%EFve.txt", 'naïve.txt'],
    ['an extended name in Shift_JIS', "attachment; filename*=Shift_JIS''%93%FA%96%7B.txt", '日本.txt'],
    ['an extended name without a charset', 'attachment; filename*=na%C3%AFve.txt', 'naïve.txt'],
    ['an extended name that is empty', "attachment; filename*=UTF-8''; filename=a.txt", 'a.txt'],
    ['a percent that stands for itself', 'attachment; filename="100%.txt"', '100%.txt'],
    ['a percent and digits that are a part of the name', 'attachment; filename="rate%41.txt"', 'rate%41.txt'],
    ['percents in a plain name', 'attachment; filename="na%C3%AFve%20name.txt"', 'naïve name.txt'],
    ['raw UTF-8, byte by byte', `attachment; filename="${rawUtf8('naïve 日本.txt')}"`, 'naïve 日本.txt'],
    ['raw UTF-8, decoded already', 'attachment; filename="naïve 日本.txt"', 'naïve 日本.txt'],
    ['raw latin-1', 'attachment; filename="na\u00EFve.txt"', 'naïve.txt'],
    ['an encoded word in base64', 'attachment; filename="=?UTF-8?B?bmHDr3ZlLnR4dA==?="', 'naïve.txt'],
    [
      'an encoded word in letters',
      'attachment; filename="=?iso-8859-1?Q?na=EFve_name.txt?="',
      'naïve name.txt',
    ],
    [
      'encoded words in a row',
      'attachment; filename="=?utf-8?B?bmHDrw==?= =?utf-8?B?dmUudHh0?="',
      'naïve.txt',
    ],
    ['parts', 'attachment; filename*0="a long "; filename*1="name.txt"', 'a long name.txt'],
    [
      'encoded parts',
      'attachment; filename*0*=UTF-8\'\'na%C3; filename*1*=%AFve; filename*2=".txt"',
      'naïve.txt',
    ],
    ['a path', 'attachment; filename="../../etc/passwd"', 'passwd'],
    ['a path in percents', "attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", 'passwd'],
    ['a path of Windows', String.raw`attachment; filename="C:\Users\ada\report.pdf"`, 'report.pdf'],
    ['control characters', "attachment; filename*=UTF-8''a%00%0D%0Ab.txt", 'ab.txt'],
    ['letters that turn what follows', 'attachment; filename="a\u202Egpj.exe"', 'agpj.exe'],
    ['dots alone', 'attachment; filename=".."', undefined],
    ['an empty name', 'attachment; filename=""', undefined],
    ['no name', 'attachment', undefined],
    ['nothing', '', undefined],
    ['a name of mail', 'inline; name="a.txt"', 'a.txt'],
    ['a very long name', `attachment; filename="${'x'.repeat(300)}.pdf"`, `${'x'.repeat(251)}.pdf`],
  ])('%s', (_, header, name) => {
    expect(fileNameIn(header)).toBe(name);
  });

  it('is found in the time that the header is long', () => {
    const began = process.threadCpuUsage();
    for (const unit of [';filename="', '\\"', '=?utf-8?q?', "';", 'a=b;', ' ', '%41'])
      fileNameIn(`attachment; filename="${unit.repeat(16_000 / unit.length)}`);
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(1_000);
  });
});
