import { mergeWords, type WordsFile } from './merge-words.ts';
import shared from './zh.json';

const PARTS = import.meta.glob<WordsFile>('./*/zh.json', { eager: true });

export const words = mergeWords(shared, PARTS);
