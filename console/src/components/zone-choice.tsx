import type { Transmitter } from '@keng/model';
import { Checkbox, ScrollArea, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ZoneChoiceProps {
  readonly transmitter: Transmitter;
  readonly zones: readonly string[];
  readonly onChange: (zones: readonly string[]) => void;
}

/** Zones of a transmitter to choose from; a manual call point is never among them. */
export function ZoneChoice({ transmitter, zones, onChange }: ZoneChoiceProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('works-page.zones-chosen', { count: zones.length })}
      value={[...zones]}
      onChange={onChange}
    >
      <ScrollArea.Autosize mah={260} mt={4} viewportProps={{ tabIndex: 0 }}>
        <Stack gap={0}>
          {transmitter.zones.map((zone) => (
            <Checkbox
              key={zone.number}
              value={zone.number}
              disabled={zone.kind === 'manual'}
              label={`${zone.number} · ${zone.label} · ${t(`register.kind-${zone.kind}`)}`}
              {...(zone.kind === 'manual' ? { description: t('works-page.call-point') } : {})}
              py={8}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Checkbox.Group>
  );
}
