/** The value of a filter on a relation to a workspace member that means whoever looks. Twenty keeps it as JSON in a string. */
export const isMe = JSON.stringify({ isCurrentWorkspaceMemberSelected: true, selectedRecordIds: [] });
