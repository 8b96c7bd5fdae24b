import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeLanguage, LANGUAGE_NAMES, LANGUAGES } from '../i18n.ts';

const SCHEMES = ['dark', 'light', 'auto'] as const;

export function PreferencesItems() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('preferences.language')}</Menu.Label>
      {LANGUAGES.map((language) => (
        <Menu.Item
          key={language}
          lang={language}
          onClick={() => void changeLanguage(language)}
          aria-current={i18n.language === language}
          rightSection={i18n.language === language ? '✓' : null}
        >
          {LANGUAGE_NAMES[language]}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{t('preferences.scheme')}</Menu.Label>
      {SCHEMES.map((scheme) => (
        <Menu.Item
          key={scheme}
          onClick={() => setColorScheme(scheme)}
          aria-current={colorScheme === scheme}
          rightSection={colorScheme === scheme ? '✓' : null}
        >
          {t(`preferences.scheme-${scheme}`)}
        </Menu.Item>
      ))}
    </>
  );
}

export function PreferencesMenu() {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button variant="subtle" color="gray" h={44}>
          {t('preferences.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <PreferencesItems />
      </Menu.Dropdown>
    </Menu>
  );
}
