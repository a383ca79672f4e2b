import type { State, User } from './state.ts';

/** Everybody whom a test names exists. */
export function userOf(state: State, login = 'octocat', type: User['type'] = 'User'): User {
  const known = state.users.get(login);
  if (known !== undefined) return known;
  const user: User = { id: state.nextId(), login, type };
  state.users.set(login, user);
  return user;
}
