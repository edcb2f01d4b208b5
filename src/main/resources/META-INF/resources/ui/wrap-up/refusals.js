// What the server did not take, for the fields that it is about. Pure but for the language.
import { whatIsWrong, why } from '../lib/refusal.js';

const ABOUT_DISPOSITION = ['DISPOSITION_REQUIRED', 'DISPOSITION_UNKNOWN', 'DISPOSITION_INACTIVE', 'DISPOSITION_OUT_OF_SCOPE'];

/** What is wrong with each field, by its name in a wrap-up, or in the request for what is outside of it. */
export function errorsOf(problem) {
  const errors = {};
  if (ABOUT_DISPOSITION.includes(problem?.title)) errors.disposition_code = why(problem);
  for (const one of problem?.violations ?? []) errors[one.field.replace(/^wrap_up\./, '')] ??= whatIsWrong(one);
  return errors;
}

/** Those of the form, by the names of its fields. */
export function formErrors(errors) {
  const place = /^form_values\.([^.[]+)/;
  return Object.fromEntries(Object.entries(errors).filter(([field]) => place.test(field)).map(([field, text]) => [place.exec(field)[1], text]));
}
