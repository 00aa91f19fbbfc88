// Until there is an overview.
import { resolve } from '$app/paths';
import { redirect } from '@sveltejs/kit';

export const load = (): never => redirect(307, resolve('/tasks'));
