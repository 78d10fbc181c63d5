/** What the engine says of the last edit of a record: kept by Twenty in the record's own field. */

/** @returns null where nothing is wrong; undefined where Twenty does not say */
export const problemOf = async (
  server: string,
  token: string,
  plural: string,
  id: string,
  fetcher: typeof fetch = fetch,
): Promise<string | null | undefined> => {
  try {
    const response = await fetcher(`${server.replace(/\/+$/, '')}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: `query Problem($id: UUID!) { ${plural}(filter: { id: { eq: $id } }) { edges { node { problem } } } }`,
        variables: { id },
      }),
    });
    const { data } = (await response.json()) as { data?: Record<string, { edges: { node: { problem: string | null } }[] } | null> | null };
    const found = data?.[plural]?.edges[0];
    return found ? found.node.problem?.trim() || null : undefined;
  } catch {
    return undefined;
  }
};
