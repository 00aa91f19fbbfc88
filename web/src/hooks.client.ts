/** What a view throws reaches the error page as it is: whoever runs the dashboard may see it, and it left no other trace. */
import type { HandleClientError } from '@sveltejs/kit/hooks';

export const handleError: HandleClientError = ({ error }) => ({
  message: error instanceof Error ? error.message : 'Unknown error',
  cause: error,
});
