/** Shows beside the desk what its frame asks for: a frame can open nothing of Twenty by itself, so it asks by way of the engine. */
import { useEffect } from 'react';
import { openSidePanelPage, SidePanelPages } from 'twenty-sdk/front-component';
import { follow } from './engine';

const AGAIN_MS = 5_000;

/**
 * @param frame as the page in the frame names it
 * @param token of the engine; null while nobody is signed in
 */
export const useShown = (address: string | null, frame: string, token: string | null) => {
  useEffect(() => {
    if (!address || !token) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let end = () => {};
    const begin = () => {
      end = follow(
        address,
        token,
        frame,
        ({ object, id }) => void openSidePanelPage({ page: SidePanelPages.ViewRecord, recordId: id, objectNameSingular: object }),
        () => {
          timer = setTimeout(begin, AGAIN_MS);
        },
      );
    };
    begin();
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [address, frame, token]);
};
