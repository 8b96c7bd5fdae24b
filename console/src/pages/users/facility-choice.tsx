import type { FacilityId } from '@keng/model';
import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, trusted } from '../../api/client.ts';
import { type FacilityView, facilityKey, useFacilities } from '../../api/facilities.ts';

interface FacilityChoiceProps {
  readonly value: readonly FacilityId[];
  readonly onChange: (value: FacilityId[]) => void;
}

/** The facilities an owner's account sees: found by typing, for there are a hundred thousand. */
export function FacilityChoice({ value, onChange }: FacilityChoiceProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 250);
  const found = useFacilities({ search, area: null, category: null });
  const chosen = useQueries({
    queries: value.map((id) => ({
      queryKey: facilityKey(id),
      queryFn: () => get(`/facilities/${id}`, trusted<FacilityView>()),
    })),
  });
  const options = new Map(value.map((id, index) => [id as string, chosen[index]?.data?.name ?? id]));
  for (const one of found.data?.pages[0]?.facilities ?? [])
    options.set(one.id, `${one.name}, ${one.address}`);
  return (
    <MultiSelect
      label={t('user.facilities')}
      description={t('user.facilities-help')}
      data={[...options].map(([id, label]) => ({ value: id, label }))}
      value={[...value]}
      // Ids as the centre gave them; the brand exists for the compiler only.
      onChange={(ids) => onChange(ids as FacilityId[])}
      searchValue={text}
      onSearchChange={setText}
      // The centre has searched, without marks: what it found is not sifted again by letters.
      filter={({ options: all }) => all}
      searchable
      limit={30}
      size="md"
    />
  );
}
