import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCountryFacts } from '../../api/country-facts.ts';
import type { FacilityFilter } from '../../api/facilities.ts';
import { localName, type Names } from '../../api/queries.ts';
import { KeyHint } from '../../components/key-hint.tsx';
import { focusFirstRow } from './facility-table.tsx';
import styles from './page.module.css';

interface FacilityFiltersProps {
  readonly filter: FacilityFilter;
  readonly onChange: (filter: FacilityFilter) => void;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** Typing asks once it pauses; arrow down goes from the words to what was found. */
export function FacilityFilters({ filter, onChange, input }: FacilityFiltersProps) {
  const { t } = useTranslation();
  const { data } = useCountryFacts();
  const [text, setText] = useState(filter.search);
  const ask = useDebouncedCallback((search: string) => onChange({ ...filter, search }), 250);
  // The address was changed from outside: back, or a link.
  useEffect(() => setText(filter.search), [filter.search]);

  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    focusFirstRow();
  };
  return (
    <search className={styles.filters}>
      <TextInput
        ref={input}
        label={t('register.search')}
        placeholder={t('register.search-example')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          ask(event.currentTarget.value);
        }}
        onKeyDown={keys}
        rightSection={<KeyHint of="/" />}
        className={styles.search}
        size="md"
        type="search"
      />
      <Select
        label={t('register.area')}
        data={optionsOf(data?.provinces)}
        value={filter.area}
        onChange={(area) => onChange({ ...filter, area })}
        placeholder={t('list.all-values')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('register.clear') }}
        size="md"
      />
      <Select
        label={t('register.category')}
        data={optionsOf(data?.categories)}
        value={filter.category}
        onChange={(category) => onChange({ ...filter, category })}
        placeholder={t('list.all-values')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('register.clear') }}
        size="md"
      />
    </search>
  );
}

function optionsOf(list: readonly { readonly code: string; readonly names: Names }[] | undefined) {
  return (list ?? []).map(({ code, names }) => ({ value: code, label: localName(names) }));
}
