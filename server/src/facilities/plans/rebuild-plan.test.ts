import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Workshop } from '../workshop/workshop.ts';
import { PLAN_LIMITS } from './plan-limits.ts';
import { rebuildPlan } from './rebuild-plan.ts';

/** A drawing with everything in it that a drawing must not bring. */
async function hostilePdf(): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  document.setTitle('who made it');
  const page = document.addPage([300, 200]);
  page.drawText('Tang 1', { x: 20, y: 100 });
  document.addJavaScript('start', 'app.alert("hello")');
  await document.attach(new TextEncoder().encode('MZ-attached'), 'run.exe');
  const { context } = document;
  document.catalog.set(
    PDFName.of('OpenAction'),
    context.obj({ Type: 'Action', S: 'JavaScript', JS: PDFString.of('app.alert(1)') }),
  );
  page.node.set(PDFName.of('AA'), context.obj({ O: { S: 'Launch', F: PDFString.of('cmd.exe') } }));
  const launch = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [0, 0, 300, 200],
      A: { S: 'Launch', F: PDFString.of('calc.exe') },
    }),
  );
  page.node.set(PDFName.of('Annots'), context.obj([launch]));
  document.getForm().createTextField('secret').addToPage(page);
  return document;
}

const jpegWithPlace = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#c00' } })
    .jpeg()
    .withExif({
      IFD0: { Copyright: 'somebody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 1/1 0/1' },
    })
    .toBuffer();

const refusal = (upload: Uint8Array) =>
  rebuildPlan(upload).then(
    () => 'taken',
    (error: { code?: string }) => error.code,
  );

describe('a PDF is written anew', () => {
  it('with its pages and nothing that runs, opens, is attached, is filled in or tells who made it', async () => {
    const upload = await (await hostilePdf()).save({ useObjectStreams: false });
    const before = Buffer.from(upload).toString('latin1');
    const banned =
      /\/(?:JavaScript|JS|OpenAction|AA|Launch|EmbeddedFiles|EF|Filespec|AcroForm|Annots|Annot|Widget|Info|Metadata|Names)\b|MZ-attached|calc\.exe|cmd\.exe/g;
    expect(new Set(before.match(banned)).size).toBeGreaterThan(8);
    const { facts, content } = await rebuildPlan(upload);
    expect(Buffer.from(content).toString('latin1').match(banned)).toBeNull();
    expect(facts).toMatchObject({ mediaType: 'application/pdf', pages: 1, bytes: content.length });
    const again = await PDFDocument.load(content);
    expect(again.getPage(0).getSize()).toEqual({ width: 300, height: 200 });
    expect(again.getPage(0).node.Contents()).toBeDefined();
  });

  it('the same each time, so that the same drawing is one file', async () => {
    const upload = await (await hostilePdf()).save();
    expect((await rebuildPlan(upload)).facts.sha256).toBe((await rebuildPlan(upload)).facts.sha256);
  });

  it('with images that do not say where they were taken', async () => {
    const document = await PDFDocument.create();
    const photo = await document.embedJpg(await jpegWithPlace());
    document.addPage([100, 100]).drawImage(photo);
    const upload = await document.save({ useObjectStreams: false });
    expect(Buffer.from(upload).includes('Exif')).toBe(true);
    const { content } = await rebuildPlan(upload);
    expect(Buffer.from(content).includes('Exif')).toBe(false);
    expect(Buffer.from(content).includes('/DCTDecode')).toBe(true);
  });

  it('and its streams read from no file outside', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([100, 100]);
    const stream = document.context.stream('0 0 m', { F: PDFString.of('/etc/passwd') });
    page.node.set(PDFName.of('Contents'), document.context.register(stream));
    const { content } = await rebuildPlan(await document.save({ useObjectStreams: false }));
    expect(Buffer.from(content).includes('passwd')).toBe(false);
  });
});

describe('an image is written anew', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('%s as WebP', async (format) => {
    const upload = await sharp({ create: { width: 90, height: 40, channels: 3, background: '#0c0' } })
      .toFormat(format)
      .toBuffer();
    const { facts, content } = await rebuildPlan(upload);
    expect(facts).toMatchObject({ mediaType: 'image/webp', widthPixels: 90, heightPixels: 40, pages: null });
    expect((await sharp(content).metadata()).format).toBe('webp');
  });

  it('without the place it was taken, upright', async () => {
    const upload = await sharp(await jpegWithPlace())
      .keepExif()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(upload).metadata()).exif).toBeDefined();
    const { facts, content } = await rebuildPlan(upload);
    const { exif, xmp, iptc } = await sharp(content).metadata();
    expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
    expect([facts.widthPixels, facts.heightPixels]).toEqual([40, 60]);
  });
});

describe('what is refused, each with its reason', () => {
  const text = (content: string): Buffer => Buffer.from(content, 'latin1');
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), 'plan.type-unknown'],
    ['a page of HTML', () => text('<!doctype html><script>alert(1)</script>'), 'plan.type-unknown'],
    ['a drawing as SVG', () => text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'plan.type-unknown'],
    ['a program', () => text('MZ\x90\0'), 'plan.type-unknown'],
    ['a PDF behind a page of HTML', () => text('<script>1</script>%PDF-1.7'), 'plan.type-unknown'],
    ['the beginning of a PDF', () => text('%PDF-1.7\nnothing else'), 'plan.broken'],
    ['the beginning of a PNG', () => Buffer.from('89504e470d0a1a0a0000', 'hex'), 'plan.broken'],
    [
      'half a JPEG',
      async () => {
        const whole = await sharp({
          create: {
            width: 400,
            height: 400,
            channels: 3,
            background: '#333',
            noise: { type: 'gaussian', mean: 120, sigma: 60 },
          },
        })
          .jpeg()
          .toBuffer();
        return whole.subarray(0, whole.length / 2);
      },
      'plan.broken',
    ],
    [
      'a PDF with a password',
      async () => {
        const document = await PDFDocument.create();
        document.addPage();
        document.encrypt({ userPassword: 'secret', ownerPassword: 'owner' });
        return document.save();
      },
      'plan.encrypted',
    ],
    [
      'a PDF of too many pages',
      async () => {
        const document = await PDFDocument.create();
        for (let page = 0; page <= PLAN_LIMITS.pages; page += 1) document.addPage([10, 10]);
        return document.save();
      },
      'plan.too-many-pages',
    ],
    [
      'a small PNG of a hundred million pixels',
      () =>
        sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#fff' } })
          .png()
          .toBuffer(),
      'plan.too-many-pixels',
    ],
    [
      'a PDF whose page is unpacked to more than any drawing',
      async () => {
        const document = await PDFDocument.create();
        const page = document.addPage([10, 10]);
        const packed = deflateSync(Buffer.alloc(PLAN_LIMITS.unpackedBytes + 1), { level: 9 });
        const dict = document.context.obj({ Filter: 'FlateDecode', Length: packed.length });
        page.node.set(PDFName.of('Contents'), document.context.register(PDFRawStream.of(dict, packed)));
        return document.save({ useObjectStreams: false });
      },
      'file.too-large-inside',
    ],
    [
      'a PDF packed twice over',
      async () => {
        const document = await PDFDocument.create();
        const page = document.addPage([10, 10]);
        const packed = deflateSync(deflateSync(Buffer.alloc(PLAN_LIMITS.unpackedBytes + 1)));
        const dict = document.context.obj({ Filter: ['FlateDecode', 'FlateDecode'], Length: packed.length });
        page.node.set(PDFName.of('Contents'), document.context.register(PDFRawStream.of(dict, packed)));
        return document.save({ useObjectStreams: false });
      },
      'file.too-large-inside',
    ],
    [
      'a PDF with an image that claims to be enormous',
      async () => {
        const document = await PDFDocument.create();
        const page = document.addPage([10, 10]);
        const image = document.context.stream('x', { Subtype: 'Image', Width: 60_000, Height: 60_000 });
        page.node.set(
          PDFName.of('Resources'),
          document.context.obj({ XObject: { I: document.context.register(image) } }),
        );
        return document.save({ useObjectStreams: false });
      },
      'plan.too-many-pixels',
    ],
    [
      'a PDF nested without end',
      async () => {
        const document = await PDFDocument.create();
        const page = document.addPage([10, 10]);
        let deep = PDFArray.withContext(document.context);
        for (let level = 0; level < 200; level += 1) {
          const outer = PDFArray.withContext(document.context);
          outer.push(deep);
          deep = outer;
        }
        page.node.set(PDFName.of('Resources'), deep);
        return document.save({ useObjectStreams: false });
      },
      'plan.broken',
    ],
  ])('%s', async (_name, make, code) => {
    expect(await refusal(await make())).toBe(code);
  });

  it('a file above the size, before it is opened', async () => {
    const upload = Buffer.alloc(PLAN_LIMITS.bytes + 1);
    upload.write('%PDF-1.7');
    expect(await refusal(upload)).toBe('plan.too-large');
  });
});

describe('the workshop', () => {
  const square = sharp({ create: { width: 20, height: 20, channels: 3, background: '#00c' } })
    .png()
    .toBuffer();

  it('works on a file in a process of its own and gives back what it made', async () => {
    const { facts, content } = await new Workshop().work('plan', await square);
    expect(facts).toMatchObject({ mediaType: 'image/webp', widthPixels: 20, bytes: content.length });
    expect((await sharp(content).metadata()).format).toBe('webp');
  });

  it('gives the reason of a refusal', async () => {
    await expect(new Workshop().work('plan', Buffer.from('hello'))).rejects.toMatchObject({
      status: 422,
      code: 'plan.type-unknown',
    });
  });

  it('kills what needs too long or too much memory', async () => {
    await expect(new Workshop({ milliseconds: 1 }).work('plan', await square)).rejects.toMatchObject({
      code: 'file.too-slow',
    });
    await expect(new Workshop({ memoryBytes: 1 }).work('plan', await square)).rejects.toMatchObject({
      code: 'file.too-large-inside',
    });
  });

  it('lets only so many wait', async () => {
    const workshop = new Workshop({ waiting: 1 });
    const [first, second, third] = await Promise.allSettled(
      [1, 2, 3].map(async () => workshop.work('plan', await square)),
    );
    expect([first?.status, second?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(third).toMatchObject({ status: 'rejected', reason: { code: 'workshop.busy' } });
  });
});

it('what the hostile file is made of is what the library would keep: otherwise the test above proves nothing', async () => {
  const source = await hostilePdf();
  const kept = await PDFDocument.create();
  for (const page of await kept.copyPages(source, [0])) kept.addPage(page);
  const text = Buffer.from(await kept.save({ useObjectStreams: false })).toString('latin1');
  expect(text).toContain('calc.exe');
  expect(source.catalog.get(PDFName.of('Names'))).toBeInstanceOf(PDFDict);
  expect(PDFHexString.fromText('x')).toBeDefined();
});
