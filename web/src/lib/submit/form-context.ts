/** What all fields of one form share, and what each is given. */
import type { FieldError } from '@holdfast/api/types';
import type { Schema } from './fields.ts';
import type { PayloadDraft } from './payload-draft.svelte.ts';

export interface FormContext {
  readonly draft: PayloadDraft;
  readonly errorsAt: (pointer: string) => readonly string[];
}

export interface FieldProps {
  readonly schema: Schema;
  readonly name: string;
  /** JSON Pointer into the body. */
  readonly pointer: string;
  /** Undefined where there is none. */
  readonly value: unknown;
  readonly isRequired: boolean;
  readonly onchange: (value: unknown) => void;
}

/** Where the field of this pointer is, for labels and for links from a summary. */
export const fieldId = (pointer: string): string =>
  `field${pointer.replace(/[^\w/-]/g, (char) => `.${char.codePointAt(0)}`)}`;

/** The server's words and those that the form has itself. */
export function errorsAt(pointer: string, errors: readonly FieldError[]): readonly string[] {
  return [...new Set(errors.filter((error) => error.pointer === pointer).map(({ message }) => message))];
}

/** Puts the focus on the field of this pointer, or on the nearest around it. Answers whether there was one. */
export function focusAt(pointer: string): boolean {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = document.getElementById(fieldId(at));
    if (field) {
      field.focus();
      return true;
    }
  }
  return false;
}
