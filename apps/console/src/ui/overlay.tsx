import * as Dialog from '@radix-ui/react-dialog';
import * as Menu from '@radix-ui/react-dropdown-menu';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from './button.js';
import { Icon } from './icon.js';
import type { IconName } from './icon-names.js';
import { reasonOf } from './states.js';

interface ModalProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** What it is for, in a sentence. */
  description?: ReactNode;
  isWide?: boolean;
}

export function Modal({ title, isOpen, onClose, children, description, isWide }: ModalProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-[rgb(10_14_30/0.45)]" />
        <Dialog.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={`fixed top-[12vh] left-1/2 z-40 flex max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 animate-appear flex-col rounded-xl bg-raised shadow-float ${isWide ? 'max-w-3xl' : 'max-w-lg'}`}
        >
          <Dialog.Title className="px-5 pt-5 pr-14 text-lg font-semibold break-words">{title}</Dialog.Title>
          {description !== undefined && (
            <Dialog.Description className="px-5 pt-1 break-words text-soft">{description}</Dialog.Description>
          )}
          <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-5">{children}</div>
          {/* Last, so that what is opened for is focused first. */}
          <Dialog.Close asChild>
            <IconButton icon="close" label="Close" className="absolute top-4 right-4" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ConfirmProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What will be lost, and what cannot be undone. */
  loss: ReactNode;
  /** The deed, on the button. */
  deed: string;
  act: () => Promise<unknown>;
  /** What has to be typed first, where it is as much as a project. */
  typed?: string;
}

/** Asks before something that cannot be undone. */
export function Confirm({ isOpen, onClose, title, loss, deed, act, typed }: ConfirmProps) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [text, setText] = useState('');
  const close = () => {
    setError(undefined);
    setText('');
    onClose();
  };
  const run = () => {
    setBusy(true);
    act()
      .then(close, setError)
      .finally(() => setBusy(false));
  };
  return (
    <Modal title={title} isOpen={isOpen} onClose={close} description={loss}>
      {typed !== undefined && (
        <label className="mb-4 block">
          <span className="mb-1 block text-sm text-soft">
            Type <strong className="font-mono font-medium text-ink">{typed}</strong> to go on
          </span>
          <input
            className="input"
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
          />
        </label>
      )}
      {error !== undefined && (
        <p role="alert" className="mb-4 rounded-lg bg-bad-soft p-3 break-words text-ink">
          {reasonOf(error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button kind="danger" isBusy={isBusy} disabled={typed !== undefined && text !== typed} onClick={run}>
          {deed}
        </Button>
      </div>
    </Modal>
  );
}

export interface MenuItem {
  label: string;
  icon?: IconName;
  isDangerous?: boolean;
  isChosen?: boolean;
  isDisabled?: boolean;
  onSelect: () => void;
}

/** A button that opens a list of acts. */
export function ActMenu(props: {
  trigger: ReactNode;
  items: (MenuItem | 'line')[];
  header?: ReactNode;
  align?: 'start' | 'end';
}) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>{props.trigger}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align={props.align ?? 'end'}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-[70vh] max-w-80 min-w-44 animate-appear overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
        >
          {props.header && <div className="px-2 pt-1.5 pb-2">{props.header}</div>}
          {props.items.map((item, at) =>
            item === 'line' ? (
              <Menu.Separator key={`line-${at}`} className="my-1 h-px bg-line" />
            ) : (
              <Menu.Item
                key={item.label}
                disabled={item.isDisabled ?? false}
                onSelect={item.onSelect}
                className={`flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-hover ${item.isDangerous ? 'text-bad' : 'text-ink'}`}
              >
                {item.icon && (
                  <Icon name={item.icon} size={14} className={item.isDangerous ? '' : 'text-soft'} />
                )}
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                {item.isChosen && <Icon name="check" size={14} className="text-accent" />}
              </Menu.Item>
            ),
          )}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
