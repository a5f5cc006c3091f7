import{a}from"./chunk-4X5VI2CE.js";import"./chunk-A2YVXULH.js";import"./chunk-VOW2ATNU.js";export{a as Relations};
