import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { type FacilityView, useFacility } from '../../api/facilities.ts';
import { useFacilityPost } from '../../api/facility-safety.ts';
import { AsyncState } from '../../components/async-state.tsx';
import type { PageProps } from '../../routes.tsx';

interface FacilityOfAddressProps {
  readonly params: PageProps['params'];
  readonly children: (facility: FacilityView) => ReactNode;
}

/** Loads the facility that the address names. */
export function FacilityOfAddress({ params, children }: FacilityOfAddressProps) {
  return <AsyncState query={useFacility(params.id ?? null)}>{children}</AsyncState>;
}

/** Sending a form about one's own facility: sent or given up, one is back at it. */
export function useOwnersForm(facility: FacilityView) {
  const [, navigate] = useLocation();
  const { mutate, error, isPending } = useFacilityPost(facility.id);
  const back = () => navigate(`/my-facilities/${facility.id}`);
  return {
    error,
    pending: isPending,
    back,
    send: (what: Parameters<typeof mutate>[0]) => mutate(what, { onSuccess: back }),
  };
}
