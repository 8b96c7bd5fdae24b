import shared from './en.json';
import { mergeWords, type WordsFile } from './merge-words.ts';

const PARTS = import.meta.glob<WordsFile>('./*/en.json', { eager: true });

export const words = mergeWords(shared, PARTS);
