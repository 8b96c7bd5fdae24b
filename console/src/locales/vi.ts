import { mergeWords, type WordsFile } from './merge-words.ts';
import shared from './vi.json';

const PARTS = import.meta.glob<WordsFile>('./*/vi.json', { eager: true });

export const words = mergeWords(shared, PARTS);
