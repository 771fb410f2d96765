"""Files from elsewhere: read, recognised by their header, checked row by row, and refused in words.

Readers know no database: they turn a file into rows (`rows.Parsed`) that an action may write.
"""
