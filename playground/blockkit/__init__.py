"""The rules of Slack's Block Kit as data: which fields a block or element has and how large they may be.

Source: docs.slack.dev/reference/block-kit, and the errors the API answers with.
"""
