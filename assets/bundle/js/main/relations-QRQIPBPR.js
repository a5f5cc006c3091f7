import{a}from"./chunk-MKC77Y35.js";import"./chunk-OJ327DSW.js";import"./chunk-D7Y74B6W.js";export{a as Relations};
