import { mergeWords, type WordsFile } from './merge-words.ts';
import shared from './ru.json';

const PARTS = import.meta.glob<WordsFile>('./*/ru.json', { eager: true });

export const words = mergeWords(shared, PARTS);
