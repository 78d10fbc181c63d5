import { definePageLayout } from 'twenty-sdk/define';
import { administration, recordPage } from '../kit/record-page';
import { frontComponents, queueMember, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: 'ec90a13b-f28b-4d9f-b005-10613a168f3e',
    name: 'Queue member page',
    object: queueMember.object,
    fields: recordFields.queueMember,
    notice: ['2a5f9d72-369a-4602-9d9f-5833a99fd6e0', frontComponents.queueMemberNotice],
    own: [administration('b03b3e69-ebcd-4df1-b513-86d37ba73f94', '9ddf8d46-2263-4dc7-8f90-737cfba2801c')],
    tabs: {
      home: { tab: '4543a845-2753-40d3-8da5-2861f7c5465c', widget: '14bd34ba-1eb1-49fc-9896-a78fa933c0df' },
      timeline: { tab: 'd12b3072-099b-4106-9827-9be4c32b829f', widget: '5ab73dc2-e7c4-45df-a3a2-59dfc5ef26f4' },
      tasks: { tab: 'e92f4009-c615-4702-9669-8df138ba2244', widget: '49a3d48d-afa9-431d-9fd3-c57da516aa23' },
      notes: { tab: '627d89f8-c041-48e5-a7ac-899f26f42841', widget: 'f5278e79-b16b-4a34-9185-8c90779775e2' },
      files: { tab: '9b9e4bf6-13fd-4f23-ad88-a4309645b694', widget: 'b8b6e7cc-56ba-44f5-8f8c-68ffc80da0dc' },
    },
  }),
);
