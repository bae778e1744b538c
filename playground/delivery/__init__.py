"""How what people do reaches the bot: signed requests or a websocket."""
