import { useState } from 'react';
import { useAct } from '../api/index.js';
import { Button, Modal, reasonOf, TextField } from '../ui/index.js';

/** A session for a user, narrowed to some toolkits or not. */
export function MakeSession({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const [userId, setUserId] = useState('');
  const [toolkits, setToolkits] = useState('');
  const make = useAct('createSession', { onDone: ({ session_id }) => onMade(session_id) });
  const slugs = toolkits.split(/[\s,]+/).filter(Boolean);
  return (
    <Modal title="New session" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({
            body: { user_id: userId.trim(), ...(slugs.length > 0 && { toolkits: { enable: slugs } }) },
          });
        }}
      >
        <TextField
          label="User"
          hint="Any id by which your product knows them."
          required
          maxLength={256}
          value={userId}
          onChange={setUserId}
        />
        <TextField
          label="Toolkits"
          hint="Their slugs, such as github, time. Empty: all of them."
          maxLength={2000}
          value={toolkits}
          onChange={setToolkits}
        />
        {make.error && (
          <p role="alert" className="mb-3 text-sm break-words text-bad">
            {reasonOf(make.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={make.isPending}>
            Make the session
          </Button>
        </div>
      </form>
    </Modal>
  );
}
