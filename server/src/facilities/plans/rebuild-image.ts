import type { PlanFile } from '@keng/model';
import sharp from 'sharp';
import { Refused } from '../workshop/job.ts';
import { PLAN_LIMITS } from './plan-limits.ts';
import type { UploadType } from './sniff.ts';

export type Rebuilt = Omit<PlanFile, 'sha256' | 'bytes'> & { readonly content: Uint8Array };

/** An image as WebP: turned upright, without place, camera, comment or thumbnail; only the first of several frames. */
export async function rebuildImage(upload: Uint8Array, type: Exclude<UploadType, 'pdf'>): Promise<Rebuilt> {
  sharp.concurrency(1);
  sharp.cache(false);
  await checkSize(upload, type);
  try {
    const { data, info } = await sharp(upload, {
      limitInputPixels: PLAN_LIMITS.pixels,
      failOn: 'error',
      sequentialRead: true,
    })
      .autoOrient()
      .resize({
        width: PLAN_LIMITS.keptPixels,
        height: PLAN_LIMITS.keptPixels,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .webp({ quality: 88, effort: 3 })
      .toBuffer({ resolveWithObject: true });
    return {
      mediaType: 'image/webp',
      pages: null,
      widthPixels: info.width,
      heightPixels: info.height,
      content: data,
    };
  } catch (cause) {
    throw brokenImage(cause);
  }
}

/** Before a single pixel is decoded: what the header promises. */
async function checkSize(upload: Uint8Array, type: UploadType): Promise<void> {
  const { format, width, height } = await sharp(upload, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw brokenImage(cause);
    });
  if (format !== type)
    throw new Refused('plan.type-unknown', `It begins as ${type} and goes on as ${format}.`);
  if (width * height > PLAN_LIMITS.pixels) {
    throw new Refused('plan.too-many-pixels', `${width} x ${height} pixels are too many.`, {
      most: PLAN_LIMITS.pixels,
    });
  }
}

const brokenImage = (cause: unknown): Refused =>
  new Refused('plan.broken', `The image cannot be decoded: ${String(cause).slice(0, 200)}`);
