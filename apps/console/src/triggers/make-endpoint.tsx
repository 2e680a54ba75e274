import { useState } from 'react';
import { useAct } from '../api/index.js';
import { Button, Modal, reasonOf, TextField } from '../ui/index.js';

interface MakeProps {
  toolkit: string;
  onClose: () => void;
  onMade: (id: string) => void;
}

export function MakeEndpoint({ toolkit, onClose, onMade }: MakeProps) {
  const [slug, setSlug] = useState(toolkit);
  const [clientId, setClientId] = useState('');
  const make = useAct('createWebhookEndpoint', {
    onDone: ({ id }) => onMade(id),
  });
  return (
    <Modal
      title="New webhook endpoint"
      description="The same toolkit and app have the same endpoint."
      isOpen
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ body: { toolkit_slug: slug.trim().toLowerCase(), client_id: clientId.trim() } });
        }}
      >
        <TextField
          label="Toolkit"
          hint="Its slug, such as slack."
          required
          maxLength={100}
          value={slug}
          onChange={setSlug}
        />
        <TextField
          label="Client id"
          hint="Of the OAuth app, as its auth config has it."
          required
          maxLength={500}
          autoComplete="off"
          value={clientId}
          onChange={setClientId}
        />
        {make.error && (
          <p role="alert" className="mb-3 text-sm break-words text-bad">
            {reasonOf(make.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={make.isPending}>
            Make the endpoint
          </Button>
        </div>
      </form>
    </Modal>
  );
}
