# The choice of the page's language, in the settings.

language-title = Language
language-of-browser = As in the browser ({ $name })
language-unreachable = This language could not be fetched. Connect to the network and choose it again.
