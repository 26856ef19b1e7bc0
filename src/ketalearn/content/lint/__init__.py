"""What makes content good beyond being whole: one small rule a function, each with its source. Run by `check`.

Codes: the letter says the level (E error, W warning, I hint). 301 to 319 are the item flaws L01 to L19 of the
item-writing literature (Haladyna, Downing & Rodriguez 2002; NBME item-writing guide; Rodriguez 2005); 320 onward
reading, 330 numbers, 340 balance and lists, 350 tone, 360 staleness, 390 the list of what is switched off.
"""
