"""The page: the stand-in Slack as a chat client in a browser, with the panes of the playground beside it."""
