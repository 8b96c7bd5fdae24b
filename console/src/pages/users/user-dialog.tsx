import { type OrganisationCode, permissionsOf, ROLES, type Role } from '@keng/model';
import { Checkbox, Modal, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localName, useOrganisations } from '../../api/queries.ts';
import { type UserItem, useChangeUser, useCreateUser } from '../../api/users.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../../i18n.ts';
import { FacilityChoice } from './facility-choice.tsx';
import { MadePassword } from './made-password.tsx';
import { fits, LOGIN_PATTERN, needsOrganisation } from './role-rules.ts';

interface UserDialogProps {
  readonly opened: boolean;
  /** null: a new one. */
  readonly user: UserItem | null;
  readonly onClose: () => void;
}

export function UserDialog({ opened, user, onClose }: UserDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={user === null ? t('user.new') : user.login}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      size="lg"
    >
      {opened && <UserForm user={user} onDone={onClose} />}
    </Modal>
  );
}

function UserForm({ user, onDone }: { readonly user: UserItem | null; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const organisations = useOrganisations();
  const creating = useCreateUser();
  const changing = useChangeUser();
  const [login, setLogin] = useState(user?.login ?? '');
  const [name, setName] = useState(user?.name ?? '');
  const [roles, setRoles] = useState<readonly Role[]>(user?.roles ?? []);
  const [organisation, setOrganisation] = useState<string | null>(user?.organisation ?? null);
  const [facilities, setFacilities] = useState(user?.facilities ?? []);
  const [language, setLanguage] = useState<Language>(user?.language ?? 'vi');
  const [active, setActive] = useState(user?.active ?? true);
  const owns = roles.includes('facility-owner');

  const submit = () => {
    const common = {
      name,
      roles: [...roles],
      // The brand exists for the compiler only.
      organisation: organisation as OrganisationCode | null,
      facilities: owns ? [...facilities] : [],
      language,
    };
    if (user === null) creating.mutate({ ...common, login });
    else
      changing.mutate(
        { id: user.id, change: { ...common, active, revision: user.revision } },
        { onSuccess: onDone },
      );
  };
  if (creating.data)
    return (
      <MadePassword login={creating.data.user.login} password={creating.data.password} onDone={onDone} />
    );
  return (
    <FormFrame
      error={creating.error ?? changing.error}
      pending={creating.isPending || changing.isPending}
      disabled={roles.length === 0}
      onSubmit={submit}
      onCancel={onDone}
    >
      {user === null && (
        <TextInput
          label={t('login.login')}
          description={t('user.login-help')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          pattern={LOGIN_PATTERN}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          required
          size="md"
          data-autofocus
        />
      )}
      <TextInput
        label={t('user.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        required
        size="md"
      />
      <RoleChoice roles={roles} onChange={setRoles} />
      <Select
        label={t('user.organisation')}
        description={t('user.organisation-help')}
        data={(organisations.data ?? []).map(({ code, name: names }) => ({
          value: code,
          label: localName(names),
        }))}
        value={organisation}
        onChange={setOrganisation}
        required={needsOrganisation(roles)}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('register.clear') }}
        limit={60}
        size="md"
      />
      {owns && <FacilityChoice value={facilities} onChange={setFacilities} />}
      <Select
        label={t('preferences.language')}
        data={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        value={language}
        onChange={(one) => isLanguage(one) && setLanguage(one)}
        allowDeselect={false}
        size="md"
      />
      {user !== null && (
        <Switch
          label={t('user.active')}
          description={t('user.active-help')}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
          size="md"
        />
      )}
    </FormFrame>
  );
}

interface RoleChoiceProps {
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}

/** Each role with what it may do, in words: nobody should have to know the table of rights by heart. */
function RoleChoice({ roles, onChange }: RoleChoiceProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('user.roles')}
      value={[...roles]}
      onChange={(next) => onChange(ROLES.filter((role) => next.includes(role)))}
    >
      <Stack gap={4} mt={4}>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`role.${role}`)}
            description={t(`user.role-${role}`)}
            title={[...permissionsOf([role])].join(', ')}
            disabled={!fits(role, roles)}
            py={4}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
